// SPDX-License-Identifier: Apache-2.0
//
// Pictures for tests, as cameras and scanners write them.

#pragma once

#include <string>

#include "image/image.h"

namespace scr::redact {

struct JpegStyle {
  int across = 2;  // how much coarser colours are sampled
  int down = 2;
  bool grey = false;
  bool rgb = false;
  bool progressive = false;
  bool metadata = false;  // EXIF with a thumbnail's worth of bytes, a comment, restarts, a tail
  int orientation = 1;
  int quality = 80;
};

// Noise over a gradient: no two cells are alike.
image::Rgb made_picture(int width, int height, unsigned seed = 1);

std::string made_jpeg(const image::Rgb& picture, const JpegStyle& style);

}  // namespace scr::redact
