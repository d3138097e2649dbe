// SPDX-License-Identifier: Apache-2.0
//
// The known answers of tests/vectors/log.json as this room's values, for tests only.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "note/policy.h"
#include "note/vectors_testing.h"
#include "witness/fork.h"

namespace scr::witness {

using note::vectors;

inline Digest digest(const Known& hex_text) {
  return Digest::from_hex_text(hex_text.get<std::string>()).value();
}

inline std::vector<Digest> digests(const Known& hex_texts) {
  std::vector<Digest> all;
  for (const auto& text : hex_texts) all.push_back(digest(text));
  return all;
}

inline note::Vkey tessera_key() {
  return note::Vkey::parse(vectors()["tessera_log15"]["vkey"].get<std::string>()).value();
}

inline std::string tlog_proof() {
  return vectors()["derived_tlog_proof"]["tlog_proof"].get<std::string>();
}

inline note::Policy two_of_two() {
  return note::Policy::parse(vectors()["derived_tlog_proof"]["policy_2of2"].get<std::string>())
      .value();
}

}  // namespace scr::witness
