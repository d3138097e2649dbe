// SPDX-License-Identifier: Apache-2.0
//
// A key was stolen or lost: what it signed from an entry on counts for nothing. Said by the
// guardians whom the definition names, as many as it demands. For the key of the log they also say
// which one follows.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct GuardianSignature {
  std::string name;                       // of a key of the definition's guardians
  std::array<std::byte, 64> signature{};  // over signed_bytes
};

// The key of the log that follows.
struct NextKey {
  std::string key;                        // note/key.h: the text of a Vkey
  std::array<std::byte, 64> signature{};  // by that key, over signed_bytes
};

struct KeyRevoked {
  static constexpr const char* kType = "scrutineer/key.revoked/v1";

  ClaimedTime at;
  EntryIndex from;  // the first entry that counts for nothing
  std::string key;  // note/key.h: the text of a Vkey
  std::string log;  // its origin: said in one log, this counts in no other
  std::optional<NextKey> next;
  std::vector<GuardianSignature> signatures;  // ascending by name, each once
};

std::string encode(const KeyRevoked& revoked);
Result<KeyRevoked> decode_key_revoked(canon::Node root);

// "scrutineer/entry/v1" LF, then the entry without its signatures.
std::string signed_bytes(const KeyRevoked& revoked);

}  // namespace scr::entry
