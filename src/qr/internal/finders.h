// SPDX-License-Identifier: Apache-2.0
//
// Where finder patterns may lie: places that a line crosses as dark and light in the proportion
// 1:1:3:1:1, along and across. A hint, not a claim: what follows decides.

#pragma once

#include <vector>

#include "image/image.h"

namespace scr::qr {

struct Finder {
  image::Point centre;
  double module = 0;  // pixels along a line of the picture: too large by up to sqrt(2) where turned
  int lines = 0;      // how many of the scanned lines crossed it
};

struct FinderSearch {
  int first_row = 0;
  int last_row = 0;  // one behind
  int step = 2;
  // Pixels of the running mean that parts dark from light. Where blur has filled the ring of light,
  // only a mean over some four modules still tells them apart.
  int window = 64;
  // How far a run may be from its share, in modules: blur makes the heart smaller, the ring wider.
  double slack = 0.55;
  // Light streaks narrower than so many pixels along a row are taken for print: columns of dots
  // that the printer lost.
  int streak = 0;
  // Down the picture a dark heart is enough: what moved up and down when it was photographed has no
  // rings there any more, and sharp ones across.
  bool heart_down = false;
};

// Best first: crossed by most lines.
std::vector<Finder> find_finders(const image::Gray& picture, const FinderSearch& search);

}  // namespace scr::qr
