// SPDX-License-Identifier: Apache-2.0
//
// What a witness adds to a checkpoint: cosignature/v1 with Ed25519 (C2SP tlog-cosignature v1.0.1,
// type 0x04). It says: at this time, this is the largest consistent tree that I have seen for this
// origin. It does not vouch for what the log holds, and does not cover the witness's own name: so
// one key serves one witness and nothing else.
//
//   std::string line = cosign(text, seconds_since_1970, witness_signer);
//
// Verifying a note does this by itself for keys of that type: signed_note.h. Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "note/key.h"

namespace scr::note {

struct Cosignature {
  static constexpr std::uint64_t kMaxTime = (std::uint64_t{1} << 63) - 1;

  std::uint64_t time = 0;  // seconds since 1970, at most kMaxTime; the witness's word
  Signature signature{};

  // The payload of a signature line: u64 big-endian time, then the signature. Nothing if it is not
  // 72 bytes or the time is too large.
  static std::optional<Cosignature> from_payload(ByteView payload);
  Bytes payload() const;

  // `text`: the whole text of the checkpoint's note. `key` must be of type cosignature.
  bool verifies(std::string_view text, const Vkey& key) const;

  friend bool operator==(const Cosignature&, const Cosignature&) = default;
};

// The bytes that a witness signs.
std::string cosigned_message(std::string_view text, std::uint64_t time);

// The signature line, with its LF. Needs a key of type cosignature and time <= kMaxTime.
std::string cosign(std::string_view text, std::uint64_t time, const Signer& witness);

}  // namespace scr::note
