// SPDX-License-Identifier: Apache-2.0
#include "steps/mirror_source.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "os/files.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

// A tile bundle is at most 256 entries of 64 KiB.
constexpr std::size_t kLargestTile = std::size_t{17} << 20;

std::string megabytes(std::uint64_t bytes) {
  return std::to_string((bytes + 999'999) / 1'000'000) + " MB";
}

collect::LogSource counted(collect::LogSource source, std::shared_ptr<Budget> budget) {
  return [source = std::move(source),
          budget = std::move(budget)](const std::string& path) -> Result<std::string> {
    SCR_TRY_VOID(budget->must_afford(0));
    SCR_TRY(bytes, source(path));
    SCR_TRY_VOID(budget->spend(bytes.size()));
    return bytes;
  };
}

FileSource files_in_folder(fs::path root) {
  return [root = std::move(root)](const std::string& path, std::uint64_t most,
                                  const Take& take) -> Result<bool> {
    std::uint64_t size = 0;
    const auto read = os::read_pieces(root / path, [&](std::string_view piece) -> Result<void> {
      size += piece.size();
      if (size > most) return fail(ErrorCode::untrusted, "is longer than it may be", path);
      return take(piece);
    });
    if (read) return true;
    if (read.error().code == ErrorCode::not_found) return false;
    return tl::unexpected(read.error());
  };
}

FileSource files_over_http(std::shared_ptr<http::Client> client, std::string root) {
  return [client = std::move(client), root = std::move(root)](
             const std::string& path, std::uint64_t most, const Take& take) -> Result<bool> {
    const std::string url = http::join_url(root, http::escaped(path));
    SCR_TRY(status, client->get_to(url, most, take));
    if (status == 200) return true;
    if (status == 404 || status == 410) return false;
    return fail(ErrorCode::io, "the answer is " + std::to_string(status), url);
  };
}

FileSource counted(FileSource source, std::shared_ptr<Budget> budget) {
  return [source = std::move(source), budget = std::move(budget)](
             const std::string& path, std::uint64_t most, const Take& take) -> Result<bool> {
    SCR_TRY_VOID(budget->must_afford(0));
    return source(path, most, [&](std::string_view piece) -> Result<void> {
      SCR_TRY_VOID(budget->spend(piece.size()));
      return take(piece);
    });
  };
}

// The prefix without "log" at its end, if it has one.
std::optional<std::string> around(const std::string& place) {
  std::string text = place;
  while (text.ends_with('/')) text.pop_back();
  if (!text.ends_with("/log")) return std::nullopt;
  text.resize(text.size() - 4);
  return text;
}

Result<MirrorSource> over_http(const std::string& from, const http::ClientOptions& options) {
  SCR_TRY(bundle, log_at_with(http::join_url(from, "log"), options));
  auto files = files_over_http(bundle.client, from);
  const auto checkpoint = bundle.source("checkpoint");
  if (checkpoint) return MirrorSource{std::move(bundle), std::move(files), nullptr};
  if (checkpoint.error().code != ErrorCode::not_found) return tl::unexpected(checkpoint.error());
  SCR_TRY(log, log_at_with(from, options));
  MirrorSource found{std::move(log), nullptr, nullptr};
  if (const auto root = around(from)) found.files = files_over_http(found.log.client, *root);
  return found;
}

Result<MirrorSource> in_folder(const std::string& from) {
  SCR_TRY(log, log_at(from, std::string()));
  MirrorSource found{std::move(log), nullptr, nullptr};
  std::error_code error;
  if (fs::is_directory(fs::path(from) / "log", error)) found.files = files_in_folder(from);
  return found;
}

}  // namespace

Budget::Budget(const MirrorLimits& limits)
    : limits_(limits), end_(std::chrono::steady_clock::now() + limits.time) {}

Result<void> Budget::must_afford(std::uint64_t bytes) const {
  if (std::chrono::steady_clock::now() > end_) {
    return fail(ErrorCode::io,
                "this took longer than " + std::to_string(limits_.time.count()) +
                    " seconds; what was fetched is kept: run it again to go on, or allow more with "
                    "--most-minutes");
  }
  if (bytes <= limits_.bytes && spent_ <= limits_.bytes - bytes) return {};
  return fail(ErrorCode::io, "there is more to fetch than the " + megabytes(limits_.bytes) +
                                 " that are allowed; what was fetched is kept. Allow more with "
                                 "--most-megabytes");
}

Result<void> Budget::spend(std::uint64_t bytes) {
  SCR_TRY_VOID(must_afford(bytes));
  spent_ += bytes;
  return {};
}

Result<MirrorSource> mirror_source(const std::string& from, const std::string& proxy,
                                   const MirrorLimits& limits) {
  const http::ClientOptions options{
      .timeout = std::chrono::duration_cast<std::chrono::milliseconds>(limits.time),
      .patience = limits.patience,
      .most = kLargestTile,
      .proxy = proxy};
  SCR_TRY(found, is_url(from) ? over_http(from, options) : in_folder(from));
  found.budget = std::make_shared<Budget>(limits);
  found.log.source = counted(std::move(found.log.source), found.budget);
  if (found.files) found.files = counted(std::move(found.files), found.budget);
  return found;
}

}  // namespace scr::steps
