// SPDX-License-Identifier: Apache-2.0
#include <png.h>
#include <webp/decode.h>

#include "picture/internal/decoders.h"

namespace scr::picture::internal {

Decoded<image::Rgb> png_rgb(ByteView bytes, const Limits& limits) {
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&header, bytes.data(), bytes.size()) == 0) {
    return refused(Refusal::corrupt, header.message);
  }
  if (!within(limits, header.width, header.height)) {
    png_image_free(&header);
    return refused(Refusal::too_large, std::to_string(header.width) + " x " +
                                           std::to_string(header.height) + " pixels");
  }
  header.format = PNG_FORMAT_RGB;
  image::Rgb picture{static_cast<int>(header.width), static_cast<int>(header.height),
                     image::Pixels(PNG_IMAGE_SIZE(header), 0)};
  const png_color white{255, 255, 255};
  if (png_image_finish_read(&header, &white, picture.pixels.data(), 0, nullptr) == 0) {
    const std::string why = header.message;
    png_image_free(&header);
    return refused(Refusal::truncated, why);
  }
  return picture;
}

Decoded<image::Rgb> webp_rgb(ByteView bytes, const Limits& limits) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  int width = 0;
  int height = 0;
  if (WebPGetInfo(data, bytes.size(), &width, &height) == 0)
    return refused(Refusal::corrupt, "WebP: no header");
  if (!within(limits, width, height))
    return refused(Refusal::too_large,
                   std::to_string(width) + " x " + std::to_string(height) + " pixels");
  const auto area = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  std::vector<std::uint8_t> rgba(area * 4);
  if (WebPDecodeRGBAInto(data, bytes.size(), rgba.data(), rgba.size(), width * 4) == nullptr) {
    return refused(Refusal::truncated, "WebP: ends early or is damaged");
  }
  image::Rgb picture{width, height, image::Pixels(area * 3)};
  for (std::size_t i = 0; i < area; ++i) {
    const int alpha = rgba[4 * i + 3];
    for (std::size_t k = 0; k < 3; ++k) {
      picture.pixels[3 * i + k] =
          static_cast<std::uint8_t>((rgba[4 * i + k] * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return picture;
}

}  // namespace scr::picture::internal
