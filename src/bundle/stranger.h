// SPDX-License-Identifier: Apache-2.0
//
// What a bundle says to somebody who found it on a stick and knows nothing: what this is, how to
// check it, what that proves and what not. README.txt in English, LEEME.txt in Spanish.

#pragma once

#include <cstdint>
#include <string>

#include "base/sha256.h"

namespace scr::bundle {

// What it is about, and what a person may compare by eye.
struct Identity {
  std::string title;   // of the election, in the language of the text
  std::string origin;  // of the log
  std::string vkey;    // its public key
  std::uint64_t tree_size = 0;
  Digest root;
  std::string result_sha256;  // of result.json, as the log states it
  bool has_policy = false;    // log/policy says whose cosignatures are needed
  bool has_checksums = true;  // SHA256SUMS; a mirror, which grows, has none
};

std::string readme_en(const Identity& identity);
std::string readme_es(const Identity& identity);

}  // namespace scr::bundle
