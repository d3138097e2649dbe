// SPDX-License-Identifier: Apache-2.0
#include "image/image.h"

#include <algorithm>

namespace scr::image {
namespace {

template <typename Channels>
Gray gray_of(const Rgb& picture, Channels value_of) {
  Gray gray{picture.width, picture.height, Pixels(picture.pixels.size() / 3)};
  for (std::size_t i = 0; i < gray.pixels.size(); ++i) {
    const std::uint8_t* rgb = picture.pixels.data() + 3 * i;
    gray.pixels[i] = value_of(rgb[0], rgb[1], rgb[2]);
  }
  return gray;
}

}  // namespace

Gray white(int width, int height) {
  const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  return {width, height, Pixels(count, 255)};
}

Gray luma_of(const Rgb& picture) {
  return gray_of(picture, [](unsigned r, unsigned g, unsigned b) {
    return static_cast<std::uint8_t>((19595 * r + 38470 * g + 7471 * b + 32768) >> 16);
  });
}

Gray brightest_channel_of(const Rgb& picture) {
  return gray_of(picture, [](std::uint8_t r, std::uint8_t g, std::uint8_t b) {
    return std::max({r, g, b});
  });
}

Gray darkest_channel_of(const Rgb& picture) {
  return gray_of(picture, [](std::uint8_t r, std::uint8_t g, std::uint8_t b) {
    return std::min({r, g, b});
  });
}

}  // namespace scr::image
