// SPDX-License-Identifier: Apache-2.0
//
// The map that takes points of the page to where they were seen. Pure; any thread.

#pragma once

#include <optional>
#include <span>

#include "image/warp.h"

namespace scr::boxes::internal {

struct Pair {
  image::Point page;
  image::Point seen;
  double weight = 1;
};

// How aslant a page is seen: by which share it shrinks from one edge to the other.
struct Tilt {
  double across = 0;
  double down = 0;
};

// Least squares. That the page is tilted otherwise than `about` is only believed as far as the
// points ask for it: from points that lie close together it would be guessed from noise. `size`: of
// the page, its larger side. Nothing if the points do not say enough.
std::optional<image::Homography> fit(std::span<const Pair> pairs, double size,
                                     const Tilt& about = {});

}  // namespace scr::boxes::internal
