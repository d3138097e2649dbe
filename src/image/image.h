// SPDX-License-Identifier: Apache-2.0
//
// Pictures as values: pixels in rows, top row first, no padding between rows.
//
// Coordinates: x to the right, y down; the centre of the top left pixel is (0.5, 0.5).
// Values; any thread.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace scr::image {

struct Point {
  double x = 0;
  double y = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

// Clockwise from the top left corner of what it surrounds (which may lie turned in the picture).
using Quad = std::array<Point, 4>;

// Leaves values unset that are not given, for who sets them all: clearing a large picture takes a
// tenth of the time of decoding it.
template <class T>
struct Unset : std::allocator<T> {
  template <class U>
  struct rebind {
    using other = Unset<U>;
  };
  template <class U>
  void construct(U* at) noexcept {
    ::new (static_cast<void*>(at)) U;
  }
  template <class U, class... Values>
  void construct(U* at, Values&&... values) {
    ::new (static_cast<void*>(at)) U(std::forward<Values>(values)...);
  }
};

// Pixels(n) is unset, Pixels(n, 0) is not.
using Pixels = std::vector<std::uint8_t, Unset<std::uint8_t>>;

// 0 black, 255 white. width * height bytes.
struct Gray {
  int width = 0;
  int height = 0;
  Pixels pixels;

  bool empty() const { return pixels.empty(); }
  // REQUIRES: 0 <= x < width, 0 <= y < height.
  std::uint8_t at(int x, int y) const {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  }
  std::uint8_t& at(int x, int y) {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  }
};

// Red, green, blue; 3 * width * height bytes.
struct Rgb {
  int width = 0;
  int height = 0;
  Pixels pixels;

  bool empty() const { return pixels.empty(); }
};

Gray white(int width, int height);
// ITU-R BT.601 luma, as JPEG has it.
Gray luma_of(const Rgb& picture);
// The largest of the three channels: coloured ink fades towards paper, black print stays.
Gray brightest_channel_of(const Rgb& picture);
// The smallest of the three channels: lines in any colour show, be it yellow on white.
Gray darkest_channel_of(const Rgb& picture);

}  // namespace scr::image
