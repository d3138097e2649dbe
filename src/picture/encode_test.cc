// SPDX-License-Identifier: Apache-2.0
#include <tuple>

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

// Strips of noise, of flat grey and of repeats, so that packing changes its mind in between.
TEST(EncodePng, QuickGivesTheSamePixelsWhateverTheyAreLike) {
  for (const auto& [width, height, grey] :
       {std::tuple(1, 1, false), std::tuple(7, 3, true), std::tuple(701, 900, false),
        std::tuple(640, 2000, true), std::tuple(60'001, 4, false)}) {
    image::Rgb picture{width, height, {}};
    picture.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    std::uint32_t state = 7;
    for (std::size_t i = 0; i < picture.pixels.size(); i += 3) {
      state = state * 1664525u + 1013904223u;
      const std::size_t part = 7 * i / picture.pixels.size();
      for (std::size_t k = 0; k < 3; ++k) {
        const std::uint32_t noise = state >> (grey ? 24 : 8 * k + 8) & 255u;
        picture.pixels[i + k] = static_cast<std::uint8_t>(part % 3 == 0   ? noise
                                                          : part % 3 == 1 ? 128
                                                                          : 100 + (noise & 7u));
      }
    }
    const std::string file = encode_png(picture, Packing::quick);
    EXPECT_EQ(file, encode_png(picture, Packing::quick));
    const auto back = decode_rgb(bytes_of(file));
    ASSERT_TRUE(back) << width << ": " << back.error().why;
    EXPECT_EQ(back->pixels, picture.pixels) << width;
    EXPECT_LT(file.size(),
              picture.pixels.size() / (grey ? 3 : 1) + picture.pixels.size() / 100 + 200);
  }
}

}  // namespace
}  // namespace scr::picture
