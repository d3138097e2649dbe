// SPDX-License-Identifier: Apache-2.0
#include "steps/stated_result.h"

#include <utility>
#include <vector>

#include "entry/entry.h"
#include "steps/open_log.h"
#include "steps/result.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

// Where the facts end: before a seal, if there is one.
std::uint64_t end_of(const view::OpenRecord& record) {
  return record.state.sealed ? record.state.sealed->value() : record.size;
}

// Null unless the last fact states a result.
const derive::StatedResult* last_stated(const view::OpenRecord& record) {
  const auto& results = record.state.results;
  const bool last = !results.empty() && results.back().index.value() + 1 == end_of(record);
  return last ? &results.back() : nullptr;
}

}  // namespace

Result<Stated> state_result(const fs::path& folder, os::Clock& clock) {
  SCR_TRY_VOID(finish_what_was_cut_off(folder));
  SCR_TRY(record, view::open_record(folder));
  if (const derive::StatedResult* stated = last_stated(record)) {
    // It rests on the entries before it.
    const std::uint64_t size = stated->stated.size;
    SCR_TRY(before, view::open_record_at(folder, size));
    SCR_TRY(bytes, result_bytes(before.state, before.claims));
    const Digest digest = sha256(bytes_of(bytes));
    if (stated->stated.sha256 == digest)
      return Stated{{std::move(bytes), digest, size}, record.size, false};
  }
  SCR_TRY(bytes, result_bytes(record.state, record.claims));
  const Digest digest = sha256(bytes_of(bytes));
  SCR_TRY(log, open_log(folder));
  if (log.size() != record.size) {
    return fail(ErrorCode::conflict, "somebody wrote to the record just now; try again",
                folder.string());
  }
  const std::vector<std::string> entries{
      encode(entry::ResultStated{.at = entry::ClaimedTime(clock.now()),
                                 .schema = kResultSchema,
                                 .sha256 = digest,
                                 .size = record.size})};
  SCR_TRY_VOID(log.append(entries));
  return Stated{{std::move(bytes), digest, record.size}, log.size(), true};
}

}  // namespace scr::steps
