// SPDX-License-Identifier: Apache-2.0
//
// A line drawn with a pen. A value; any thread.

#pragma once

#include <cstdint>
#include <vector>

#include "image/image.h"

namespace scr::forge {

struct Stroke {
  std::vector<image::Point> points;  // dots
  double width = 4;
  std::uint8_t red = 0, green = 0, blue = 0;
};

}  // namespace scr::forge
