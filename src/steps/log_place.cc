// SPDX-License-Identifier: Apache-2.0
#include "steps/log_place.h"

#include <filesystem>
#include <optional>
#include <utility>

#include "os/files.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

Result<std::string> checkpoint_only(const fs::path& file, const std::string& path) {
  if (path == "checkpoint") return os::read_text(file, note::kMaxNoteBytes);
  return fail(ErrorCode::not_found, "is a checkpoint alone, without the log", file.string());
}

}  // namespace

bool is_url(const std::string& place) {
  return place.starts_with("http://") || place.starts_with("https://");
}

Result<LogPlace> log_at(const std::string& place, const std::string& proxy) {
  return log_at_with(place, http::ClientOptions{.proxy = proxy});
}

Result<LogPlace> log_at_with(const std::string& place, const http::ClientOptions& options) {
  LogPlace found{.name = place};
  if (is_url(place)) {
    found.client = std::make_shared<http::Client>(options);
    found.source = collect::over_http(*found.client, place);
    return found;
  }
  std::error_code error;
  if (fs::is_directory(place, error)) {
    const fs::path inside = fs::path(place) / "log";
    const fs::path log = fs::is_directory(inside, error) ? inside : fs::path(place);
    found.source = [log](const std::string& path) { return os::read_text(log / path); };
    return found;
  }
  if (!fs::exists(place, error)) {
    return fail(ErrorCode::not_found, "no such folder, file or http URL", place);
  }
  found.source = [file = fs::path(place)](const std::string& path) {
    return checkpoint_only(file, path);
  };
  return found;
}

Result<note::Vkey> key_of(const LogPlace& place, const std::optional<std::string>& given) {
  std::string text;
  if (given && given->find('+') != std::string::npos) {
    text = *given;
  } else if (given) {
    SCR_TRY(read, os::read_text(*given, 4096));
    text = std::move(read);
  } else if (place.client) {
    return fail(ErrorCode::bad_input,
                "a key that comes from where the log comes from proves nothing; give it with --key",
                place.name);
  } else {
    auto read = place.source("log.vkey");
    if (!read)
      return fail(ErrorCode::not_found, "has no log.vkey; give the key with --key", place.name);
    text = *std::move(read);
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return at("the log's key", note::Vkey::parse(text));
}

Result<NoteAt> checkpoint_at(const LogPlace& place, const note::Vkey& key, bool pending) {
  if (pending) {
    auto waits = place.source("checkpoint.pending");
    if (waits) {
      SCR_TRY(checkpoint, at(place.name, note::open_checkpoint(*waits, key)));
      return NoteAt{*std::move(waits), std::move(checkpoint)};
    }
    if (waits.error().code != ErrorCode::not_found) return tl::unexpected(waits.error());
  }
  SCR_TRY(note, place.source("checkpoint"));
  SCR_TRY(checkpoint, at(place.name, note::open_checkpoint(note, key)));
  return NoteAt{std::move(note), std::move(checkpoint)};
}

}  // namespace scr::steps
