// SPDX-License-Identifier: Apache-2.0
//
// A text with signature lines below it (C2SP signed-note v1.0.0).
//
//   SCR_TRY(unverified, Unverified::parse(bytes));
//   SCR_TRY(verified, open(unverified, keys));   // untrusted if a known key's signature fails
//   verified.text();                             // signed by at least one of `keys`
//
//   std::string note = sign_note(text, {signer.sign(text), ...});
//
// What the text says is not looked at here: checkpoint.h. Who must sign is not decided here:
// policy.h. Format and odd cases: docs/formats/checkpoint.md, "Signed note".
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "note/key.h"
#include "note/signature_line.h"

namespace scr::note {

inline constexpr std::size_t kMaxNoteBytes = std::size_t{1} << 20;
inline constexpr std::size_t kMaxSignatureLines = 100;  // as Go's sumdb/note

// UTF-8 without control characters below U+0020 but LF, and ending with LF.
bool is_note_text(std::string_view text);

// A note of the right form, signed by nobody yet as far as we know.
class Unverified {
 public:
  // All or nothing; print() gives back the same bytes. Fails with bad_input.
  static Result<Unverified> parse(std::string_view note);

  // The signed bytes: with the last LF, without the blank line below it.
  const std::string& text() const { return text_; }
  const std::vector<SignatureLine>& signatures() const { return signatures_; }
  std::string print() const;

  friend bool operator==(const Unverified&, const Unverified&) = default;

 private:
  std::string text_;
  std::vector<SignatureLine> signatures_;
};

struct VerifiedSignature {
  std::size_t key = 0;                // place in the keys that were given to open()
  std::size_t line = 0;               // place in the note
  std::optional<std::uint64_t> time;  // seconds since 1970, if the key is one for cosignatures
};

// Only open() makes one.
class Verified {
 public:
  const std::string& text() const { return note_.text(); }
  // At least one; in the order of the note; at most one for each key.
  const std::vector<VerifiedSignature>& signatures() const { return signatures_; }
  const SignatureLine& line(const VerifiedSignature& s) const { return note_.signatures()[s.line]; }

 private:
  friend Result<Verified> open(const Unverified& note, std::span<const Vkey> keys);
  Verified(Unverified note, std::vector<VerifiedSignature> signatures)
      : note_(std::move(note)), signatures_(std::move(signatures)) {}
  Unverified note_;
  std::vector<VerifiedSignature> signatures_;
};

// A line counts if name and id are those of a key in `keys`; of two lines by one key the first.
// Lines by others are ignored, whatever they hold.
//
// Fails with untrusted if a line that counts does not verify, or none counts; with conflict if two
// different keys in `keys` have the same name and id.
Result<Verified> open(const Unverified& note, std::span<const Vkey> keys);

// `lines` as SignatureLine::text() or Signer::sign() gives them. `text` must be a note text
// (is_note_text) and there must be a line: checked, since what is signed cannot be taken back.
std::string sign_note(std::string_view text, std::span<const std::string> lines);

}  // namespace scr::note
