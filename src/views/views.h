// SPDX-License-Identifier: Apache-2.0
//
// Pieces of a picture for people to look at: the whole, small, and strips cut out and turned
// upright.
//
//   std::string request = request_of(pieces, file);      // here
//   std::string answer = cut(request);                   // in a worker: the bytes are a stranger's
//   SCR_TRY(seen, views_from(answer, pieces.size()));    // here: only grey pixels come back
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "image/image.h"

namespace scr::views {

// The longer side of the whole picture as it is shown, pixels.
inline constexpr int kWhole = 560;
// The longest side of a piece, pixels.
inline constexpr int kMostSide = 1000;

// What lies in `corners` of the picture, drawn `width` x `height` pixels large.
struct Piece {
  image::Quad corners;  // pixels of the picture, clockwise from what becomes the top left
  int width = 0;        // 1 .. kMostSide, likewise height
  int height = 0;
};

struct Views {
  image::Gray whole;
  std::vector<image::Gray> pieces;  // as they were asked for
};

std::string request_of(const std::vector<Piece>& pieces, std::string_view file);

// "" if the file is not a picture.
std::string cut(std::string_view request);

// bad_input unless `answer` is what cut() makes of a picture and so many pieces.
Result<Views> views_from(std::string_view answer, std::size_t pieces);

}  // namespace scr::views
