// SPDX-License-Identifier: Apache-2.0
//
// A key is replaced by another of the same name: that of the log, or of a person. The old key signs
// for it, and so does the new one, so that nobody can take on a key that is not theirs.

#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct KeyRotated {
  static constexpr const char* kType = "scrutineer/key.rotated/v1";

  ClaimedTime at;
  std::string log;   // its origin: said in one log, this counts in no other
  std::string next;  // note/key.h: the text of a Vkey
  std::array<std::byte, 64> next_signature{};  // by `next`, over signed_bytes
  std::string old;                             // the same of the key that it replaces
  std::array<std::byte, 64> signature{};       // by `old`, over signed_bytes
};

std::string encode(const KeyRotated& rotated);
Result<KeyRotated> decode_key_rotated(canon::Node root);

// "scrutineer/entry/v1" LF, then the entry without its signatures.
std::string signed_bytes(const KeyRotated& rotated);

}  // namespace scr::entry
