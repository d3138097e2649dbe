// SPDX-License-Identifier: Apache-2.0
//
// One decoder for each format. PNG, WebP, TIFF and HEIF are turned as they say already.

#pragma once

#include "picture/decode.h"

namespace scr::picture::internal {

// Refuses what is larger than the limits; `width` and `height` as the header has them.
inline bool within(const Limits& limits, std::int64_t width, std::int64_t height) {
  return width > 0 && height > 0 && width <= limits.side && height <= limits.side &&
         width * height <= limits.pixels;
}
inline tl::unexpected<Refused> refused(Refusal refusal, std::string why) {
  return tl::unexpected(Refused{refusal, std::move(why)});
}

Decoded<image::Gray> jpeg_gray(ByteView bytes, const Limits& limits);
// At half size; nothing of four colours, of fewer pixels, and of what is refused.
std::optional<image::Gray> jpeg_gray_half(ByteView bytes, std::int64_t least_pixels,
                                          const Limits& limits);
Decoded<image::Rgb> jpeg_rgb(ByteView bytes, const Limits& limits);
Decoded<image::Rgb> png_rgb(ByteView bytes, const Limits& limits);
Decoded<image::Rgb> webp_rgb(ByteView bytes, const Limits& limits);
Decoded<image::Rgb> tiff_rgb(ByteView bytes, const Limits& limits);
Decoded<image::Rgb> heif_rgb(ByteView bytes, const Limits& limits);

}  // namespace scr::picture::internal
