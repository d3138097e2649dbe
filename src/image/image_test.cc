// SPDX-License-Identifier: Apache-2.0
#include "image/image.h"

#include <gtest/gtest.h>

namespace scr::image {
namespace {

TEST(Gray, KeepsBlackPrintAndLosesColouredInkInTheBrightestChannel) {
  const Rgb picture{4, 1, {0, 0, 0, 255, 255, 255, 30, 40, 220, 200, 20, 30}};
  EXPECT_EQ(luma_of(picture).pixels, (std::vector<std::uint8_t>{0, 255, 58, 75}));
  EXPECT_EQ(brightest_channel_of(picture).pixels, (std::vector<std::uint8_t>{0, 255, 220, 200}));
}

TEST(Gray, IsReadByColumnAndRow) {
  Gray picture = white(3, 2);
  picture.at(2, 1) = 7;
  EXPECT_EQ(picture.pixels, (std::vector<std::uint8_t>{255, 255, 255, 255, 255, 7}));
}

}  // namespace
}  // namespace scr::image
