// SPDX-License-Identifier: Apache-2.0
#include "image/light.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace scr::image {
namespace {

// A line of values, each of `wide` bytes that are treated alike: pixels of a row, or pieces of rows
// down a strip of the picture. There is room for `window` - 1 values more than are used.
struct Line {
  std::uint8_t* bytes;
  std::size_t count;
  std::size_t wide;
  std::size_t window;
};

// Each value becomes the extreme of `window` from it on, but for the last ones, which become of no
// use. In steps that double: extremes of 1, 2, 4, ... values.
template <typename Pick>
void extremes(const Line& line, std::size_t count, Pick pick) {
  for (std::size_t have = 1; have < line.window;) {
    const std::size_t step = std::min(have, line.window - have);
    const std::uint8_t* further = line.bytes + step * line.wide;
    const std::size_t end = (count - step) * line.wide;
    for (std::size_t i = 0; i < end; ++i) line.bytes[i] = pick(line.bytes[i], further[i]);
    have += step;
  }
}

void widen(const Line& line) {
  extremes(line, line.count, [](std::uint8_t a, std::uint8_t b) { return std::max(a, b); });
}

// The least of the widened values of all windows that a value lies in.
void narrow(const Line& line) {
  const std::size_t margin = (line.window - 1) * line.wide;
  std::uint8_t* end = line.bytes + line.count * line.wide;
  std::copy_backward(line.bytes, end - margin, end);
  std::fill(line.bytes, line.bytes + margin, std::uint8_t{255});
  std::fill(end, end + margin, std::uint8_t{255});
  extremes(line, line.count + line.window - 1,
           [](std::uint8_t a, std::uint8_t b) { return std::min(a, b); });
}

template <typename Change>
void change_rows(Gray& picture, std::size_t window, Change change) {
  const auto width = static_cast<std::size_t>(picture.width);
  const Line line{nullptr, width, 1, std::min(window, width)};
  std::vector<std::uint8_t> room(width + line.window - 1);
  for (std::size_t y = 0; y < static_cast<std::size_t>(picture.height); ++y) {
    std::uint8_t* row = picture.pixels.data() + y * width;
    std::copy(row, row + width, room.begin());
    change(Line{room.data(), width, 1, line.window});
    std::copy(room.begin(), room.begin() + picture.width, row);
  }
}

void close_columns(Gray& picture, std::size_t window) {
  constexpr std::size_t kStrip = 128;  // a strip of a page fits into the second cache
  const auto width = static_cast<std::size_t>(picture.width);
  const auto height = static_cast<std::size_t>(picture.height);
  window = std::min(window, height);
  std::vector<std::uint8_t> room(kStrip * (height + window - 1));
  for (std::size_t left = 0; left < width; left += kStrip) {
    const std::size_t wide = std::min(kStrip, width - left);
    std::uint8_t* corner = picture.pixels.data() + left;
    for (std::size_t y = 0; y < height; ++y)
      std::copy_n(corner + y * width, wide, room.data() + y * wide);
    const Line line{room.data(), height, wide, window};
    widen(line);
    narrow(line);
    for (std::size_t y = 0; y < height; ++y)
      std::copy_n(room.data() + y * wide, wide, corner + y * width);
  }
}

}  // namespace

Gray evenly_lit(const Gray& picture, int largest) {
  constexpr unsigned kDarkest = 42;  // that is made white
  const auto window = static_cast<std::size_t>(largest);
  Gray paper = picture;
  if (picture.empty()) return paper;
  change_rows(paper, window, widen);
  close_columns(paper, window);
  change_rows(paper, window, narrow);
  std::array<unsigned, 256> gain{};  // in 65536ths
  for (unsigned i = 0; i < gain.size(); ++i) gain[i] = (255u << 16) / std::max(i, kDarkest);
  for (std::size_t i = 0; i < paper.pixels.size(); ++i) {
    const unsigned white = paper.pixels[i];
    paper.pixels[i] = static_cast<std::uint8_t>((picture.pixels[i] * gain[white] + 32768) >> 16);
  }
  return paper;
}

}  // namespace scr::image
