// SPDX-License-Identifier: Apache-2.0
//
// A picture turned as EXIF's orientation asks (CIPA DC-008, 4.6.4).

#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace scr::picture::internal {

// `orientation` 1 .. 8: where row 0 and column 0 of the stored picture are to be seen.
template <class Picture>
Picture turned(Picture picture, int orientation) {
  if (orientation <= 1 || orientation > 8) return picture;
  const std::size_t area =
      static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
  const std::size_t bytes = area == 0 ? 0 : picture.pixels.size() / area;
  const bool swap = orientation >= 5;
  Picture out{swap ? picture.height : picture.width, swap ? picture.width : picture.height,
              image::Pixels(picture.pixels.size())};
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      int column = swap ? y : x;
      int row = swap ? x : y;
      const bool from_right =
          orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
      const bool from_foot =
          orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
      if (from_right) column = picture.width - 1 - column;
      if (from_foot) row = picture.height - 1 - row;
      const std::uint8_t* in =
          picture.pixels.data() +
          (static_cast<std::size_t>(row) * static_cast<std::size_t>(picture.width) +
           static_cast<std::size_t>(column)) *
              bytes;
      std::uint8_t* to =
          out.pixels.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(out.width) +
                               static_cast<std::size_t>(x)) *
                                  bytes;
      for (std::size_t k = 0; k < bytes; ++k) to[k] = in[k];
    }
  }
  return out;
}

}  // namespace scr::picture::internal
