// SPDX-License-Identifier: Apache-2.0
#include "image/light.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

namespace scr::image {
namespace {

// What evenly_lit must find for the paper, by its definition: the lightest window that lies
// darkest.
Gray closed_slowly(const Gray& picture, int window) {
  const int across = std::min(window, picture.width);
  const int down = std::min(window, picture.height);
  Gray widened = white(picture.width - across + 1, picture.height - down + 1);
  for (int y = 0; y < widened.height; ++y) {
    for (int x = 0; x < widened.width; ++x) {
      widened.at(x, y) = 0;
      for (int v = 0; v < down; ++v) {
        for (int u = 0; u < across; ++u)
          widened.at(x, y) = std::max(widened.at(x, y), picture.at(x + u, y + v));
      }
    }
  }
  Gray closed = white(picture.width, picture.height);
  for (int y = 0; y < widened.height; ++y) {
    for (int x = 0; x < widened.width; ++x) {
      for (int v = 0; v < down; ++v) {
        for (int u = 0; u < across; ++u)
          closed.at(x + u, y + v) = std::min(closed.at(x + u, y + v), widened.at(x, y));
      }
    }
  }
  return closed;
}

Gray noise(int width, int height) {
  Gray picture = white(width, height);
  std::uint32_t state = 7;
  for (std::uint8_t& pixel : picture.pixels) {
    state = state * 1664525u + 1013904223u;
    pixel = static_cast<std::uint8_t>(60 + (state >> 24) / 2);
  }
  return picture;
}

TEST(EvenlyLit, DividesByTheClosing) {
  for (const auto& [width, height] : {std::pair(40, 31), {300, 17}, {5, 60}, {1, 1}, {2, 3}}) {
    const Gray picture = noise(width, height);
    for (const int window : {2, 3, 7, 12}) {
      const Gray paper = closed_slowly(picture, window);
      const Gray even = evenly_lit(picture, window);
      ASSERT_EQ(even.pixels.size(), picture.pixels.size());
      for (std::size_t i = 0; i < even.pixels.size(); ++i)
        ASSERT_NEAR(even.pixels[i], 255.0 * picture.pixels[i] / paper.pixels[i], 1) << i;
    }
  }
}

// Three shades of paper side by side, print across them: one white, one black.
TEST(EvenlyLit, FollowsTheEdgesOfShadowsAndKeepsPrint) {
  Gray picture = white(90, 40);
  for (int y = 0; y < 40; ++y) {
    for (int x = 0; x < 90; ++x) {
      const int paper = x < 33 ? 220 : x < 61 ? 120 : 60;
      const bool print = y >= 18 && y < 22;
      picture.at(x, y) = static_cast<std::uint8_t>(print ? paper / 4 : paper);
    }
  }
  const Gray even = evenly_lit(picture, 8);
  for (int x = 0; x < 90; ++x) {
    EXPECT_NEAR(even.at(x, 10), 255, 2) << x;
    EXPECT_NEAR(even.at(x, 20), 64, 3) << x;
  }
}

TEST(EvenlyLit, LeavesTheDarkDark) {
  const Gray night{9, 9, Pixels(81, 5)};
  EXPECT_LT(evenly_lit(night, 4).at(4, 4), 40);
  EXPECT_TRUE(evenly_lit({}, 4).empty());
}

}  // namespace
}  // namespace scr::image
