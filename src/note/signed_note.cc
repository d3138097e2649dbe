// SPDX-License-Identifier: Apache-2.0
#include "note/signed_note.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/check.h"
#include "note/cosignature.h"

namespace scr::note {
namespace {

bool is_forbidden_in_text(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\n';
}

// The time in it if it is a cosignature, 0 if not; nothing if it does not verify.
std::optional<std::uint64_t> check_signature(std::string_view text, const SignatureLine& line,
                                             const Vkey& key) {
  if (key.type() == KeyType::cosignature) {
    const auto cosignature = Cosignature::from_payload(line.payload);
    if (!cosignature || !cosignature->verifies(text, key)) return std::nullopt;
    return cosignature->time;
  }
  Signature signature;
  if (line.payload.size() != signature.size()) return std::nullopt;
  std::copy(line.payload.begin(), line.payload.end(), signature.begin());
  if (!verifies(key.key(), bytes_of(text), signature)) return std::nullopt;
  return 0;
}

Result<std::optional<std::size_t>> find_key(const SignatureLine& line, std::span<const Vkey> keys) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!line.is_by(keys[i])) continue;
    if (found && keys[*found] != keys[i]) {
      return fail(ErrorCode::conflict, "two keys have the same name and id", line.name.value());
    }
    if (!found) found = i;
  }
  return found;
}

}  // namespace

bool is_note_text(std::string_view text) {
  return text.ends_with('\n') && is_utf8(text) &&
         std::none_of(text.begin(), text.end(), is_forbidden_in_text);
}

Result<Unverified> Unverified::parse(std::string_view note) {
  if (note.size() > kMaxNoteBytes) return fail(ErrorCode::bad_input, "the note is over 1 MiB");
  if (!is_note_text(note)) {
    return fail(ErrorCode::bad_input,
                "a note is UTF-8 without control characters and ends with a newline");
  }
  const std::size_t blank = note.rfind("\n\n");
  if (blank == std::string_view::npos) {
    return fail(ErrorCode::bad_input, "the note has no blank line before its signatures");
  }
  Unverified parsed;
  parsed.text_ = note.substr(0, blank + 1);
  std::string_view rest = note.substr(blank + 2);
  while (!rest.empty()) {
    if (parsed.signatures_.size() == kMaxSignatureLines) {
      return fail(ErrorCode::bad_input, "the note has more than 100 signature lines");
    }
    const std::size_t end = rest.find('\n');  // there is one: the note ends with it
    SCR_TRY(line, SignatureLine::parse(rest.substr(0, end)));
    parsed.signatures_.push_back(std::move(line));
    rest.remove_prefix(end + 1);
  }
  if (parsed.signatures_.empty()) return fail(ErrorCode::bad_input, "the note is not signed");
  return parsed;
}

std::string Unverified::print() const {
  std::string note = text_ + '\n';
  for (const SignatureLine& line : signatures_) note += line.text();
  return note;
}

Result<Verified> open(const Unverified& note, std::span<const Vkey> keys) {
  std::vector<VerifiedSignature> good;
  std::set<std::size_t> seen;
  for (std::size_t i = 0; i < note.signatures().size(); ++i) {
    const SignatureLine& line = note.signatures()[i];
    SCR_TRY(key, find_key(line, keys));
    if (!key || !seen.insert(*key).second) continue;
    const auto time = check_signature(note.text(), line, keys[*key]);
    if (!time) {
      return fail(ErrorCode::untrusted, "the signature does not verify", line.name.value());
    }
    const bool has_time = keys[*key].type() == KeyType::cosignature;
    good.push_back({*key, i, has_time ? time : std::nullopt});
  }
  if (good.empty()) return fail(ErrorCode::untrusted, "the note is not signed by a known key");
  return Verified(note, std::move(good));
}

std::string sign_note(std::string_view text, std::span<const std::string> lines) {
  SCR_CHECK(is_note_text(text) && !lines.empty());
  std::string note(text);
  note += '\n';
  for (const std::string& line : lines) note += line;
  return note;
}

}  // namespace scr::note
