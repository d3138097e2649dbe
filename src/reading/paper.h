// SPDX-License-Identifier: Apache-2.0
//
// The paper of a sheet, without what fell on it.
//
// Pure; any thread.

#pragma once

#include "image/image.h"

namespace scr::reading {

// Shadows, folds and stains away, and print as it was (image/light.h). Of a sheet that fills a
// seventh of the picture's width or more; where one fills less, print goes too.
image::Gray evenly_lit(const image::Gray& picture);

}  // namespace scr::reading
