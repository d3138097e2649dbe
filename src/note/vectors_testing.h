// SPDX-License-Identifier: Apache-2.0
//
// The known answers of tests/vectors/log.json, for tests only.

#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/sha256.h"
#include "note/key.h"
#include "tests/known_answers/known.h"

namespace scr::note {

inline Known vectors() {
  return Known::file("log.json");
}

inline Bytes hex(const Known& text) {
  return from_hex(text.get<std::string>()).value();
}

inline std::vector<Vkey> vkeys(const Known& texts) {
  std::vector<Vkey> keys;
  for (const auto& text : texts) keys.push_back(Vkey::parse(text.get<std::string>()).value());
  return keys;
}

// A signer whose seed is the SHA-256 of `phrase`, as some vectors have it.
inline Signer signer_from_phrase(const KeyName& name, std::string_view phrase, KeyType type) {
  return Signer(name, sha256(bytes_of(phrase)).bytes, type);
}

// Two log keys that share name and id: 32 bits, so a pair is found in a second of trying.
inline std::vector<Signer> twins() {
  const KeyName name = KeyName::from("twin.example").value();
  std::vector<Signer> both;
  both.push_back(signer_from_phrase(name, "twin 9013", KeyType::ed25519));
  both.push_back(signer_from_phrase(name, "twin 18918", KeyType::ed25519));
  return both;
}

}  // namespace scr::note
