// SPDX-License-Identifier: Apache-2.0
//
// How places in a bundle are named.

#pragma once

#include <cstdint>
#include <string>

#include "base/sha256.h"

namespace scr::verify {

inline std::string evidence_path(const Digest& digest) {
  const std::string hex = digest.hex();
  return "evidence/" + hex.substr(0, 2) + "/" + hex;
}

inline std::string entry_name(std::uint64_t index) {
  return "entry " + std::to_string(index);
}

}  // namespace scr::verify
