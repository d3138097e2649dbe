// SPDX-License-Identifier: Apache-2.0
//
// Pixels -> the bytes of a JPEG, for pages that show pictures. Pure; any thread.

#pragma once

#include <string>

#include "image/image.h"

namespace scr::picture {

// `quality`: 1 .. 100. REQUIRES: a picture with at least one pixel, at most 65,000 a side.
std::string jpeg_of(const image::Gray& picture, int quality);

}  // namespace scr::picture
