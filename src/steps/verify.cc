// SPDX-License-Identifier: Apache-2.0
#include "steps/verify.h"

#include <utility>

#include "derive/conclusions.h"
#include "election/definition.h"
#include "note/key.h"
#include "os/files.h"
#include "os/parallel.h"
#include "steps/read_pictures.h"
#include "steps/redact_workers.h"
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

Result<std::pair<Digest, std::uint64_t>> hashed(const fs::path& file) {
  Sha256 hash;
  std::uint64_t size = 0;
  SCR_TRY_VOID(os::read_pieces(file, [&](std::string_view piece) -> Result<void> {
    hash.add(bytes_of(piece));
    size += piece.size();
    return {};
  }));
  return std::pair(hash.finish(), size);
}

verify::Bundle bundle_in(const fs::path& folder) {
  return {.read = [folder](const std::string& path) { return os::read_text(folder / path); },
          .hashed = [folder](const std::string& path) { return hashed(folder / path); },
          .read_into = [folder](const std::string& path,
                                Arena& arena) { return os::read_into(folder / path, arena); },
          .has = [folder](const std::string& path) { return fs::exists(folder / path); },
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
  // Before level 1 makes threads. Where no process can be confined, that is a problem only if there
  // are pictures to be read.
  std::optional<election::Definition> definition;
  if (const auto toml = os::read_text(request.folder / "election.toml")) {
    if (auto parsed = election::parse_definition(*toml)) definition = std::move(*parsed);
  }
  auto readers = start_readers(definition);
  auto checkers = RedactWorkers::start(std::nullopt);
  const auto read_again =
      [&](std::size_t count, const std::function<Result<std::string>(std::size_t)>& picture,
          const std::function<void(std::size_t, reading::ReadSheet)>& answer) -> Result<void> {
    if (!readers) return tl::unexpected(readers.error());
    return read_pictures(*readers, count, picture, answer);
  };
  return verify::verify(bundle_in(request.folder), key, request.key.has_value(), result_bytes,
                        read_again, check_redacted_in(checkers));
}

}  // namespace scr::steps
