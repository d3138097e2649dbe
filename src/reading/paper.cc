// SPDX-License-Identifier: Apache-2.0
#include "reading/paper.h"

#include <algorithm>

#include "image/light.h"

namespace scr::reading {

image::Gray evenly_lit(const image::Gray& picture) {
  // Of the shorter side. Five modules of the code of a sheet that fills it, and the height of two
  // letters: no print holds such a square.
  constexpr int kOfWidth = 25;
  constexpr int kLeast = 8;  // pixels
  return image::evenly_lit(picture,
                           std::max(kLeast, std::min(picture.width, picture.height) / kOfWidth));
}

}  // namespace scr::reading
