// SPDX-License-Identifier: Apache-2.0
//
// A PNG packed in little time: what cannot be packed is not tried. A camera's noise takes zlib two
// thirds of a second and does not get smaller.

#pragma once

#include <cstdint>
#include <string>

namespace scr::picture::internal {

// `channels`: 1 or 3, a byte each. The chunks are IHDR, sRGB, one IDAT, IEND. The same pixels give
// the same bytes. REQUIRES: width and height from 1. Throws bad_alloc.
std::string quick_png(const std::uint8_t* pixels, int width, int height, int channels);

}  // namespace scr::picture::internal
