// SPDX-License-Identifier: Apache-2.0
//
// The file in which people say what of a picture is to be hidden.
//
//   picture = "f0a2..."                    # SHA-256 of the picture
//
//   [[hide]]
//   what = "signature of the president"
//   box = [120, 3210, 480, 3300]           # left, top, right, foot: pixels as people see it
//
//   [[hide]]
//   what = "names"
//   corners = [10, 20, 300, 24, 299, 80, 9, 77]   # x, y of four corners, clockwise
//
// or, in place of all [[hide]], all_may_be_seen = true. Grammar: docs/redaction.md. Pure; any
// thread.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "privacy/parts.h"

namespace scr::privacy {

struct MaskFile {
  static constexpr std::size_t kMostParts = 1000;

  Digest picture;
  std::vector<Part> hide;
  // Somebody says so, in a file that hides nothing: that it is empty may be for want of a proposal.
  bool all_may_be_seen = false;
};

// All or nothing: bad_input with the line and what is wrong there.
Result<MaskFile> parse_mask_file(std::string_view toml);

// For people to correct: parts that are upright as `box`, others by their corners, to the nearest
// pixel.
std::string text_of(const MaskFile& file);

}  // namespace scr::privacy
