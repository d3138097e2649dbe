// SPDX-License-Identifier: Apache-2.0
//
// Paper made evenly white, whatever light fell on it.
//
// Pure; any thread.

#pragma once

#include "image/image.h"

namespace scr::image {

// Each pixel divided by the paper about it. What is dark and holds no square of `largest` pixels is
// print; all else, however dark, is paper: shadows with hard edges, folds, stains. (The paper is
// the grey-scale closing by that square, which follows edges to the pixel: Serra, Image Analysis
// and Mathematical Morphology, 1982.) Paper darker than a sixth of white is not made wholly white:
// noise is most of it. REQUIRES: largest >= 2.
Gray evenly_lit(const Gray& picture, int largest);

}  // namespace scr::image
