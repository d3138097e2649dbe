// SPDX-License-Identifier: Apache-2.0
//
// Parts of a picture, laid straight. Pure; any thread.

#pragma once

#include <span>

#include "image/image.h"

namespace scr::boxes {

// A row's boxes, or its words, with a little of what lies around: `height` pixels high and as wide
// as that makes it, at most 40 times as wide as high. `parts`: quads from the left, at least one.
// REQUIRES: picture of at least 2 x 2 pixels, height > 0.
image::Gray cut_row(const image::Gray& picture, std::span<const image::Quad> parts, int height);

}  // namespace scr::boxes
