// SPDX-License-Identifier: Apache-2.0
#include "record/log_keys.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "os/files.h"
#include "record/layout.h"
#include "record/snapshot.h"

namespace scr::record {
namespace {

namespace fs = std::filesystem;

Result<note::Signer> read_signer(const fs::path& file) {
  SCR_TRY(text, os::read_text(file));
  std::string_view key = text;
  if (key.ends_with('\n')) key.remove_suffix(1);
  auto signer = at(file.string(), note::Signer::parse(key));
  note::wipe(std::as_writable_bytes(std::span(text.data(), text.size())));
  return signer;
}

// Eight hex digits: what stands behind the name in its text.
std::string id_of(const note::Vkey& vkey) {
  return vkey.text().substr(vkey.name().value().size() + 1, 8);
}

void add_once(std::vector<note::Vkey>& keys, note::Vkey key) {
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
}

Result<void> replace_line_of_policy(const Layout& layout, const note::Vkey& old,
                                    const note::Vkey& next) {
  auto text = os::read_text(layout.policy());
  if (!text && text.error().code == ErrorCode::not_found) return {};
  if (!text) return tl::unexpected(std::move(text).error());
  const std::size_t place = text->find(old.text());
  if (place == std::string::npos) return {};
  text->replace(place, old.text().size(), next.text());
  return os::replace_file(layout.policy(), *text, os::kPublic);
}

Result<void> rename_key(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) return fail(ErrorCode::io, error.message(), to.string());
  return os::sync_folder(to.parent_path());
}

}  // namespace

Result<LogKeys> read_log_keys(const fs::path& record) {
  // The list first: a key is on it before it is in force.
  const fs::path file = Layout{record}.vkeys();
  auto text = os::read_text(file);
  if (!text && text.error().code != ErrorCode::not_found)
    return tl::unexpected(std::move(text).error());
  SCR_TRY(current, read_vkey(record));
  LogKeys keys{current, {std::move(current)}};
  std::string_view rest = text ? std::string_view(*text) : std::string_view();
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    SCR_TRY(key, at(file.string(), note::Vkey::parse(rest.substr(0, end))));
    add_once(keys.all, std::move(key));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return keys;
}

Result<note::Checkpoint> open_own_checkpoint(std::string_view note, const LogKeys& keys) {
  const std::string& origin = keys.current.name().value();
  SCR_TRY(opened, note::open_checkpoint_of(origin, note, keys.all));
  if (!opened.checkpoint.extensions.empty())
    return fail(ErrorCode::bad_input, "the checkpoint has extension lines");
  return std::move(opened.checkpoint);
}

Result<note::Vkey> signer_of(std::string_view note, const LogKeys& keys) {
  SCR_TRY(opened, note::open_checkpoint_of(keys.current.name().value(), note, keys.all));
  return keys.all[opened.note.signatures().front().key];
}

Result<note::Signer> read_log_signer(const fs::path& record) {
  return read_signer(Layout{record}.key());
}

Result<note::Signer> next_log_signer(const fs::path& record, note::Seed seed) {
  const fs::path file = Layout{record}.next_key();
  auto there = read_signer(file);
  if (there || there.error().code != ErrorCode::not_found) return there;
  SCR_TRY(vkey, read_vkey(record));
  note::Signer signer(vkey.name(), seed);
  std::string secret = signer.private_text() + "\n";
  const auto written = os::create_file(file, secret, os::kPrivate);
  note::wipe(std::as_writable_bytes(std::span(secret.data(), secret.size())));
  SCR_TRY_VOID(written);
  return signer;
}

Result<void> announce_key(const fs::path& record, const note::Vkey& next) {
  SCR_TRY(keys, read_log_keys(record));
  add_once(keys.all, next);
  std::string text;
  for (const note::Vkey& key : keys.all) text += key.text() + "\n";
  return os::replace_file(Layout{record}.vkeys(), text, os::kPublic);
}

Result<void> finish_key_change(const fs::path& record, const note::Vkey& next) {
  const Layout layout{record};
  SCR_TRY(old, read_vkey(record));
  if (old != next) {
    SCR_TRY_VOID(replace_line_of_policy(layout, old, next));
    SCR_TRY_VOID(os::replace_file(layout.vkey(), next.text() + "\n", os::kPublic));
  }
  const auto here = read_log_signer(record);
  if (here && here->vkey() == next) return {};
  if (here) {
    SCR_TRY_VOID(rename_key(layout.key(), layout.key().string() + "." + id_of(here->vkey())));
  } else if (here.error().code != ErrorCode::not_found) {
    return tl::unexpected(here.error());
  }
  return rename_key(layout.next_key(), layout.key());
}

}  // namespace scr::record
