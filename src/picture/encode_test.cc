// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "picture/decode.h"
#include "picture/encode.h"
#include "picture/format.h"

namespace scr::picture {
namespace {

TEST(EncodePng, GivesAFileThatDecodesToTheSamePixels) {
  for (const auto& [width, height] : {std::pair(1, 1), std::pair(7, 3), std::pair(640, 96)}) {
    image::Rgb picture{width, height, {}};
    picture.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i)
      picture.pixels[i] = static_cast<std::uint8_t>(i * 37);
    const std::string file = encode_png(picture);
    EXPECT_EQ(format_of(bytes_of(file)), Format::png);
    const auto back = decode_rgb(bytes_of(file));
    ASSERT_TRUE(back) << width;
    EXPECT_EQ(back->width, width);
    EXPECT_EQ(back->pixels, picture.pixels);
  }
}

}  // namespace
}  // namespace scr::picture
