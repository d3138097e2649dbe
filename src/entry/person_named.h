// SPDX-License-Identifier: Apache-2.0
//
// A person, by the key with which they sign what they decide. The name is that of the key: it need
// not be the name of a human being, and better is not.

#pragma once

#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct PersonNamed {
  static constexpr const char* kType = "scrutineer/person.named/v1";

  ClaimedTime at;
  std::string key;  // note/key.h: the text of a Vkey
};

// From here on, what that person signs counts for nothing: a key was lost or stolen, or they left.
struct PersonWithdrawn {
  static constexpr const char* kType = "scrutineer/person.withdrawn/v1";

  ClaimedTime at;
  std::string name;  // of the key
};

std::string encode(const PersonNamed& named);
std::string encode(const PersonWithdrawn& withdrawn);
Result<PersonNamed> decode_person_named(canon::Node root);
Result<PersonWithdrawn> decode_person_withdrawn(canon::Node root);

}  // namespace scr::entry
