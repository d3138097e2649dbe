// SPDX-License-Identifier: Apache-2.0
#include "steps/open_log.h"

#include <string>
#include <utility>
#include <variant>

#include "canon/document.h"
#include "entry/entry.h"
#include "record/snapshot.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

// With the lock of `log`, so nobody adds one behind it.
Result<void> must_be_open(const fs::path& folder) {
  SCR_TRY(last, record::read_last_entry(folder));
  if (!last) return {};
  canon::Document scratch;
  const auto fact = entry::decode(*last, scratch);
  if (!fact || !std::holds_alternative<entry::LogSealed>(*fact)) return {};
  return fail(ErrorCode::conflict,
              "the log was sealed: it is complete, and nothing can be added. It can be published "
              "and verified as it is; what came later belongs in a record of its own",
              folder.string());
}

}  // namespace

Result<record::Log> open_log(const fs::path& folder) {
  SCR_TRY(log, record::Log::open(folder));
  SCR_TRY_VOID(must_be_open(folder));
  return log;
}

Result<void> finish_what_was_cut_off(const fs::path& folder) {
  SCR_TRY(cut_off, record::was_cut_off(folder));
  if (cut_off) SCR_TRY_VOID(record::Log::open(folder));
  return {};
}

Result<record::Log> open_log_with_next_key(const fs::path& folder, SealedLog sealed) {
  SCR_TRY(log, record::Log::open_with_next_key(folder));
  if (sealed == SealedLog::refused) SCR_TRY_VOID(must_be_open(folder));
  return log;
}

}  // namespace scr::steps
