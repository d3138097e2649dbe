// SPDX-License-Identifier: Apache-2.0
#include "image/image.h"

#include <gtest/gtest.h>

#include "image/warp.h"

namespace scr::image {
namespace {

TEST(Gray, KeepsBlackPrintAndLosesColouredInkInTheBrightestChannel) {
  const Rgb picture{4, 1, {0, 0, 0, 255, 255, 255, 30, 40, 220, 200, 20, 30}};
  EXPECT_EQ(luma_of(picture).pixels, (Pixels{0, 255, 58, 75}));
  EXPECT_EQ(brightest_channel_of(picture).pixels, (Pixels{0, 255, 220, 200}));
}

TEST(Gray, ShowsYellowLinesInTheDarkestChannel) {
  const Rgb picture{3, 1, {0, 0, 0, 255, 255, 255, 218, 216, 110}};
  EXPECT_EQ(darkest_channel_of(picture).pixels, (Pixels{0, 255, 110}));
}

TEST(Gray, IsReadByColumnAndRow) {
  Gray picture = white(3, 2);
  picture.at(2, 1) = 7;
  EXPECT_EQ(picture.pixels, (Pixels{255, 255, 255, 255, 255, 7}));
}

TEST(Transposed, PutsRowsWhereColumnsWere) {
  Gray picture = white(130, 70);
  for (std::size_t i = 0; i < picture.pixels.size(); ++i)
    picture.pixels[i] = static_cast<std::uint8_t>(i * i % 251);
  const Gray other = transposed(picture);
  ASSERT_EQ(other.width, 70);
  ASSERT_EQ(other.height, 130);
  for (int y = 0; y < 70; ++y) {
    for (int x = 0; x < 130; ++x) ASSERT_EQ(other.at(y, x), picture.at(x, y));
  }
}

// The quick way is the slow one to a hundredth of a pixel, inside and across the edge; on a picture
// as rough as this one that is a brightness step at the most.
TEST(SampleLine, IsSampleAtEachPoint) {
  Gray picture = white(40, 30);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x)
      picture.at(x, y) = static_cast<std::uint8_t>((x * 37 + y * 101 + x * y) % 256);
  }
  const struct {
    Point from, step;
  } lines[] = {{{5.3, 6.1}, {0.71, 0.33}}, {{30.2, 25.7}, {-0.9, -0.6}}, {{20, 4}, {0, 0.8}},
               {{-3.5, 10.2}, {1.5, 0.1}}, {{35, 28}, {0.5, 0.5}},       {{8, 8}, {0, 0}}};
  for (const auto& [from, step] : lines) {
    std::vector<float> seen(25);
    sample_line(picture, from, step, seen);
    for (std::size_t i = 0; i < seen.size(); ++i) {
      const auto far = static_cast<double>(i);
      EXPECT_NEAR(seen[i], sample(picture, from.x + far * step.x, from.y + far * step.y), 1.0)
          << from.x << ", " << from.y << " point " << i;
    }
  }
}

}  // namespace
}  // namespace scr::image
