// SPDX-License-Identifier: Apache-2.0
#include "steps/verify.h"

#include <utility>

#include "derive/conclusions.h"
#include "note/key.h"
#include "os/files.h"
#include "os/parallel.h"
#include "steps/result.h"
#include "verify/verify.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

// The key that is trusted: given as it is, or in a file; else the one in the folder.
Result<note::Vkey> trusted_key(const VerifyRequest& request) {
  std::string text;
  if (request.key && request.key->find('+') != std::string::npos) {
    text = *request.key;
  } else {
    const fs::path file = request.key ? fs::path(*request.key) : request.folder / "log/log.vkey";
    SCR_TRY(read, os::read_text(file));
    text = std::move(read);
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return at(request.key ? "--key" : "log/log.vkey", note::Vkey::parse(text));
}

verify::Bundle bundle_in(const fs::path& folder) {
  return {.read = [folder](const std::string& path) { return os::read_text(folder / path); },
          .read_into = [folder](const std::string& path,
                                Arena& arena) { return os::read_into(folder / path, arena); },
          .list = [folder](const std::string& path) { return os::files_below(folder / path); },
          .for_each =
              [](std::size_t count, const std::function<void(std::size_t)>& work) {
                os::parallel_for(count, 0, work);
              }};
}

}  // namespace

Result<verify::Report> verify(const VerifyRequest& request) {
  std::error_code ignored;
  if (!fs::is_directory(request.folder, ignored)) {
    return fail(ErrorCode::not_found, "no such folder", request.folder.string());
  }
  SCR_TRY(key, trusted_key(request));
  return verify::verify(bundle_in(request.folder), key, request.key.has_value(), result_bytes);
}

}  // namespace scr::steps
