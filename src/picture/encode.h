// SPDX-License-Identifier: Apache-2.0
//
// Pixels -> the bytes of a JPEG, for pages that show pictures, or of a PNG, for pictures that are
// drawn here. Pure; any thread.

#pragma once

#include <string>

#include "image/image.h"

namespace scr::picture {

// `quality`: 1 .. 100. REQUIRES: a picture with at least one pixel, at most 65,000 a side.
std::string jpeg_of(const image::Gray& picture, int quality);
// Grey if the picture has no colour. The pixels are exact; how they are packed is the library's.
// REQUIRES: at least one pixel. Throws bad_alloc.
enum class Packing { small, quick };  // quick: a third of the time or less, and larger
std::string encode_png(const image::Rgb& picture, Packing packing = Packing::small);

}  // namespace scr::picture
