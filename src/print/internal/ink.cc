// SPDX-License-Identifier: Apache-2.0
//
// All sums are of whole numbers, so that they are the same in whatever order they are made, and
// quick: every sheet comes through here.
#include "print/internal/ink.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>

namespace scr::print {
namespace {

using image::Gray;
using image::Point;

constexpr float kParts = 256;  // of full ink, in sums

// Sums over all above and to the left of each corner between cells.
template <typename Value>
std::vector<std::int32_t> sums_of(const std::vector<Value>& values, int columns, int rows) {
  const auto stride = static_cast<std::size_t>(columns) + 1;
  std::vector<std::int32_t> sums(stride * (static_cast<std::size_t>(rows) + 1), 0);
  for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
    const Value* line = values.data() + row * static_cast<std::size_t>(columns);
    const std::int32_t* above = sums.data() + row * stride + 1;
    std::int32_t* here = sums.data() + (row + 1) * stride + 1;
    std::int32_t run = 0;
    for (std::size_t column = 0; column < static_cast<std::size_t>(columns); ++column) {
      run += line[column];
      here[column] = above[column] + run;
    }
  }
  return sums;
}

// The level that the darkest quarter of all ink passes; `ink` in fourths of a brightness step.
float level_of(const std::vector<std::int16_t>& ink) {
  constexpr std::size_t kEvery = 3;  // enough to know it
  std::array<int, 256> histogram{};
  int many = 0;
  for (std::size_t i = 0; i < ink.size(); i += kEvery) {
    if (ink[i] < 16) continue;
    ++histogram[static_cast<std::size_t>(std::min(255, ink[i] / 4))];
    ++many;
  }
  std::size_t level = 255;
  for (int above = 0; level > 8; --level) {
    above += histogram[level];
    if (above * 4 > many) break;
  }
  return static_cast<float>(level);
}

// Darker than the mean of its surroundings, as a share of what print usually is: clipped, so that
// neither pens nor shadows outweigh print. In kParts.
std::vector<std::int16_t> relative(const std::vector<std::uint16_t>& seen, int columns, int rows) {
  constexpr int kAround = 9;  // cells to each side
  constexpr int kSide = 2 * kAround + 1;
  constexpr float kShare = 1.0F / (kSide * kSide);
  const std::vector<std::int32_t> sums = sums_of(seen, columns, rows);
  std::vector<std::int16_t> ink(seen.size());
  const auto stride = static_cast<std::size_t>(columns) + 1;
  for (int row = 0; row < rows; ++row) {
    const int top = std::max(0, row - kAround);
    const int foot = std::min(rows, row + kAround + 1);
    const std::int32_t* above = sums.data() + static_cast<std::size_t>(top) * stride;
    const std::int32_t* below = sums.data() + static_cast<std::size_t>(foot) * stride;
    const std::size_t first = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns);
    const std::uint16_t* from = seen.data() + first;
    std::int16_t* to = ink.data() + first;
    const auto edge = [&](int column) {
      const int left = std::max(0, column - kAround);
      const int right = std::min(columns, column + kAround + 1);
      const std::int32_t sum = below[right] - below[left] - above[right] + above[left];
      to[column] = static_cast<std::int16_t>(sum / ((right - left) * (foot - top)) - from[column]);
    };
    const int inner = std::min(columns, kAround);
    const int outer = std::max(inner, columns - kAround);
    for (int column = 0; column < inner; ++column) edge(column);
    const float share =
        foot - top == kSide ? kShare : 1.0F / static_cast<float>(kSide * (foot - top));
    for (int column = inner; column < outer; ++column) {
      const std::int32_t sum = below[column + kAround + 1] - below[column - kAround] -
                               above[column + kAround + 1] + above[column - kAround];
      to[column] = static_cast<std::int16_t>(
          static_cast<std::int32_t>(static_cast<float>(sum) * share) - from[column]);
    }
    for (int column = outer; column < columns; ++column) edge(column);
  }
  const float scale = kParts / (4 * level_of(ink));
  for (std::int16_t& value : ink) {
    value = static_cast<std::int16_t>(
        std::clamp(static_cast<float>(value) * scale, -0.6F * kParts, kParts));
  }
  return ink;
}

// In 65536ths of a pixel, so that a step is an addition.
std::int64_t fixed(double value) {
  return static_cast<std::int64_t>(std::clamp(value, -1e6, 1e6) * 65536);
}

// Four points of each cell, pixels as they are: cells are larger than pixels, or print is so small
// that it does not matter.
class CellSampler {
 public:
  CellSampler(const Gray& picture, Point across, Point down)
      : pixels_(picture.pixels.data()),
        stride_(picture.width),
        right_((std::int64_t{picture.width} << 16) - 1),
        lowest_((std::int64_t{picture.height} << 16) - 1),
        one_x_(fixed((across.x * Ink::kWide + down.x * Ink::kTall) * kAside)),
        one_y_(fixed((across.y * Ink::kWide + down.y * Ink::kTall) * kAside)),
        two_x_(fixed((across.x * Ink::kWide - down.x * Ink::kTall) * kAside)),
        two_y_(fixed((across.y * Ink::kWide - down.y * Ink::kTall) * kAside)),
        step_x_(fixed(across.x * Ink::kWide)),
        step_y_(fixed(across.y * Ink::kWide)) {}

  // The cells of one line, whose first has its middle at `begin`: sums of four.
  void line(Point begin, std::span<std::uint16_t> out) const {
    std::int64_t x = fixed(begin.x);
    std::int64_t y = fixed(begin.y);
    // Straight lines: if both ends of a row are well inside the picture, all of it is.
    const auto steps = static_cast<std::int64_t>(out.size());
    const std::int64_t slack =
        std::abs(one_x_) + std::abs(one_y_) + std::abs(two_x_) + std::abs(two_y_);
    const auto within = [&](std::int64_t from, std::int64_t to, std::int64_t most) {
      return std::min(from, to) > slack && std::max(from, to) < most - slack;
    };
    const bool inside =
        within(x, x + step_x_ * steps, right_) && within(y, y + step_y_ * steps, lowest_);
    for (std::uint16_t& cell : out) {
      const int sum = inside ? plain(x + one_x_, y + one_y_) + plain(x - one_x_, y - one_y_) +
                                   plain(x + two_x_, y + two_y_) + plain(x - two_x_, y - two_y_)
                             : held(x + one_x_, y + one_y_) + held(x - one_x_, y - one_y_) +
                                   held(x + two_x_, y + two_y_) + held(x - two_x_, y - two_y_);
      cell = static_cast<std::uint16_t>(sum);
      x += step_x_;
      y += step_y_;
    }
  }

 private:
  static constexpr double kAside = 0.24;

  int plain(std::int64_t x, std::int64_t y) const {
    return pixels_[(y >> 16) * stride_ + (x >> 16)];
  }
  int held(std::int64_t x, std::int64_t y) const {
    return plain(std::clamp<std::int64_t>(x, 0, right_), std::clamp<std::int64_t>(y, 0, lowest_));
  }

  const std::uint8_t* pixels_;
  std::int64_t stride_;
  std::int64_t right_;
  std::int64_t lowest_;
  std::int64_t one_x_;
  std::int64_t one_y_;
  std::int64_t two_x_;
  std::int64_t two_y_;
  std::int64_t step_x_;
  std::int64_t step_y_;
};

}  // namespace

Ink::Ink(const Gray& picture, Point centre, Point across, Point down, const Part& part)
    : centre_(centre),
      across_(across),
      down_(down),
      left_(part.left),
      top_(part.top),
      columns_(std::max(1, static_cast<int>((part.right - part.left) / kWide))),
      rows_(std::max(1, static_cast<int>((part.foot - part.top) / kTall))) {
  const auto columns = static_cast<std::size_t>(columns_);
  std::vector<std::uint16_t> seen(columns * static_cast<std::size_t>(rows_));
  const CellSampler sampler(picture, across, down);
  for (int row = 0; row < rows_; ++row) {
    sampler.line(in_picture(left_ + 0.5 * kWide, top_ + (row + 0.5) * kTall),
                 std::span(seen).subspan(static_cast<std::size_t>(row) * columns, columns));
  }
  sums_ = sums_of(relative(seen, columns_, rows_), columns_, rows_);
}

float Ink::box(double left, double top, double right, double foot) const {
  const auto cell = [](double away, double size, int most) {
    return std::clamp(static_cast<int>(std::floor(away / size + 0.5)), 0, most);
  };
  const int c0 = cell(left - left_, kWide, columns_);
  const int c1 = cell(right - left_, kWide, columns_);
  const int r0 = cell(top - top_, kTall, rows_);
  const int r1 = cell(foot - top_, kTall, rows_);
  if (c1 <= c0 || r1 <= r0) return 0;
  const auto stride = static_cast<std::size_t>(columns_) + 1;
  const std::int32_t* high = sums_.data() + static_cast<std::size_t>(r0) * stride;
  const std::int32_t* low = sums_.data() + static_cast<std::size_t>(r1) * stride;
  const double cells = (right - left) * (foot - top) / (kWide * kTall);
  return static_cast<float>(low[c1] - low[c0] - high[c1] + high[c0]) /
         (kParts * std::max(static_cast<float>(cells), static_cast<float>((c1 - c0) * (r1 - r0))));
}

Ink::Cells Ink::cells(double left, double top, double right, double foot) {
  const auto near = [](double at, double size) {
    return static_cast<int>(std::floor(at / size + 0.5));
  };
  return {near(left, kWide), near(top, kTall), near(right, kWide), near(foot, kTall)};
}

void Ink::weigh_line(int line, int column, std::span<const Weighed> boxes,
                     std::span<float> out) const {
  std::fill(out.begin(), out.end(), 0.0F);
  const auto stride = static_cast<std::size_t>(columns_) + 1;
  const auto count = static_cast<int>(out.size());
  for (const auto& [box, weight] : boxes) {
    const int r0 = std::clamp(line + box.top, 0, rows_);
    const int r1 = std::clamp(line + box.foot, 0, rows_);
    const std::int32_t* high = sums_.data() + static_cast<std::size_t>(r0) * stride;
    const std::int32_t* low = sums_.data() + static_cast<std::size_t>(r1) * stride;
    const float share = weight / kParts;
    // Where the box lies inside from end to end.
    const int begin = std::clamp(-(column + box.left), 0, count);
    const int end = std::clamp(columns_ - column - box.right + 1, begin, count);
    const auto held = [&](int at) { return std::clamp(at, 0, columns_); };
    const auto one = [&](int i) {
      const int c0 = held(column + i + box.left);
      const int c1 = held(column + i + box.right);
      out[static_cast<std::size_t>(i)] +=
          share * static_cast<float>(low[c1] - low[c0] - high[c1] + high[c0]);
    };
    for (int i = 0; i < begin; ++i) one(i);
    const std::int32_t* low_left = low + column + box.left;
    const std::int32_t* low_right = low + column + box.right;
    const std::int32_t* high_left = high + column + box.left;
    const std::int32_t* high_right = high + column + box.right;
    float* sum = out.data();
    for (int i = begin; i < end; ++i) {
      sum[i] +=
          share * static_cast<float>(low_right[i] - low_left[i] - high_right[i] + high_left[i]);
    }
    for (int i = end; i < count; ++i) one(i);
  }
}

int Ink::column_of(double x) const {
  return static_cast<int>(std::floor((x - left_) / kWide + 0.5));
}

int Ink::line_of(double y) const {
  return static_cast<int>(std::floor((y - top_) / kTall + 0.5));
}

}  // namespace scr::print
