// SPDX-License-Identifier: Apache-2.0
//
// What goes with a redacted picture: which cells it hides, and what it takes to find the root of
// all cells from those that it shows.
//
// Format: docs/formats/redaction.md, "Proof". A value; any thread.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "cells/mask.h"

namespace scr::cells {

struct RedactionProof {
  static constexpr std::size_t kMostBytes = std::size_t{1} << 20;

  std::uint32_t leaves = 0;  // of the picture, its form included
  Mask hidden;
  std::vector<Digest> nodes;  // tree.h

  // Strict: what parses prints back to the same bytes, and has as many nodes as it takes. Fails
  // with bad_input.
  static Result<RedactionProof> parse(std::string_view text);
  std::string text() const;

  friend bool operator==(const RedactionProof&, const RedactionProof&) = default;
};

}  // namespace scr::cells
