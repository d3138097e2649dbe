// SPDX-License-Identifier: Apache-2.0
//
// A person looked at a picture with some cells hidden and says: so it may be published. It takes
// two of them. What a person said last about a picture replaces what they said before, and must be
// of a later time: so nobody can say for them again what they said once.

#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "cells/mask.h"
#include "entry/index.h"

namespace scr::entry {

struct RedactionApproved {
  static constexpr const char* kType = "scrutineer/redaction.approved/v1";

  ClaimedTime at;
  std::string by;         // the name of a key, person.named
  EntryIndex commitment;  // picture.committed
  std::string log;        // its origin: said in one log, this counts in no other
  cells::Mask mask;
  std::array<std::byte, 64> signature{};  // Ed25519 over signed_bytes
};

std::string encode(const RedactionApproved& approved);
Result<RedactionApproved> decode_redaction_approved(canon::Node root);

// "scrutineer/entry/v1" LF, then the entry without its signature.
std::string signed_bytes(const RedactionApproved& approved);

}  // namespace scr::entry
