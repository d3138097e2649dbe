// SPDX-License-Identifier: Apache-2.0
#include "picture/decode.h"

#include <array>
#include <utility>

#include "picture/internal/decoders.h"
#include "picture/internal/turn.h"

namespace scr::picture {

const char* name_of(Refusal refusal) {
  constexpr std::array<const char*, 4> kNames{"not-a-picture", "too-large", "truncated", "corrupt"};
  return kNames[static_cast<std::size_t>(refusal)];
}

Decoded<image::Rgb> decode_rgb(ByteView bytes, const Limits& limits) {
  const auto format = format_of(bytes);
  if (!format)
    return tl::unexpected(Refused{Refusal::not_a_picture, "none of JPEG, PNG, WebP, TIFF, HEIF"});
  switch (*format) {
    case Format::jpeg: {
      auto picture = internal::jpeg_rgb(bytes, limits);
      if (!picture) return picture;
      return internal::turned(std::move(*picture), orientation_of_jpeg(bytes));
    }
    case Format::png:
      return internal::png_rgb(bytes, limits);
    case Format::webp:
      return internal::webp_rgb(bytes, limits);
    case Format::tiff:
      return internal::tiff_rgb(bytes, limits);
    case Format::heif:
      return internal::heif_rgb(bytes, limits);
  }
  return tl::unexpected(Refused{});
}

Decoded<image::Gray> decode_gray(ByteView bytes, const Limits& limits) {
  const auto format = format_of(bytes);
  if (format == Format::jpeg) {
    auto picture = internal::jpeg_gray(bytes, limits);
    if (!picture) return picture;
    return internal::turned(std::move(*picture), orientation_of_jpeg(bytes));
  }
  auto picture = decode_rgb(bytes, limits);
  if (!picture) return tl::unexpected(std::move(picture).error());
  return image::luma_of(*picture);
}

std::optional<image::Gray> decode_gray_half(ByteView bytes, std::int64_t least_pixels,
                                            const Limits& limits) {
  if (format_of(bytes) != Format::jpeg) return std::nullopt;
  auto picture = internal::jpeg_gray_half(bytes, least_pixels, limits);
  if (!picture) return std::nullopt;
  return internal::turned(std::move(*picture), orientation_of_jpeg(bytes));
}

}  // namespace scr::picture
