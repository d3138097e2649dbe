// SPDX-License-Identifier: Apache-2.0
#include "print/internal/ink.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace scr::print {
namespace {

using image::Gray;
using image::Point;

// Sums over all above and to the left of each corner between cells.
std::vector<float> sums_of(const std::vector<float>& values, int columns, int rows) {
  const auto stride = static_cast<std::size_t>(columns) + 1;
  std::vector<float> sums(stride * (static_cast<std::size_t>(rows) + 1), 0);
  std::vector<double> line(stride, 0);
  for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
    double run = 0;
    for (std::size_t column = 0; column < static_cast<std::size_t>(columns); ++column) {
      run += values[row * static_cast<std::size_t>(columns) + column];
      line[column + 1] += run;
      sums[(row + 1) * stride + column + 1] = static_cast<float>(line[column + 1]);
    }
  }
  return sums;
}

float sum_in(const std::vector<float>& sums, int columns, int left, int top, int right, int foot) {
  const auto stride = static_cast<std::size_t>(columns) + 1;
  const auto at = [&](int row, int column) {
    return sums[static_cast<std::size_t>(row) * stride + static_cast<std::size_t>(column)];
  };
  return at(foot, right) - at(foot, left) - at(top, right) + at(top, left);
}

// Darker than the mean of its surroundings, as a share of what print usually is: clipped, so that
// neither pens nor shadows outweigh print.
std::vector<float> relative(const std::vector<float>& seen, int columns, int rows) {
  constexpr int kAroundX = 9;  // cells
  constexpr int kAroundY = 9;
  const std::vector<float> sums = sums_of(seen, columns, rows);
  std::vector<float> ink(seen.size());
  std::vector<int> histogram(256, 0);
  int many = 0;
  const auto note = [&](std::size_t i, float mean) {
    ink[i] = mean - seen[i];
    if (ink[i] < 4) return;
    ++histogram[static_cast<std::size_t>(std::min(255.0F, ink[i]))];
    ++many;
  };
  constexpr float kShare = 1.0F / ((2 * kAroundX + 1) * (2 * kAroundY + 1));
  const auto stride = static_cast<std::size_t>(columns) + 1;
  for (int row = 0; row < rows; ++row) {
    const int top = std::max(0, row - kAroundY);
    const int foot = std::min(rows, row + kAroundY + 1);
    const bool whole = foot - top == 2 * kAroundY + 1;
    const float* above = sums.data() + static_cast<std::size_t>(top) * stride;
    const float* below = sums.data() + static_cast<std::size_t>(foot) * stride;
    std::size_t i = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns);
    for (int column = 0; column < columns; ++column, ++i) {
      const int left = std::max(0, column - kAroundX);
      const int right = std::min(columns, column + kAroundX + 1);
      const float sum = below[right] - below[left] - above[right] + above[left];
      const bool inside = whole && right - left == 2 * kAroundX + 1;
      note(i, inside ? sum * kShare : sum / static_cast<float>((right - left) * (foot - top)));
    }
  }
  int level = 255;
  for (int above = 0; level > 8; --level) {
    above += histogram[static_cast<std::size_t>(level)];
    if (above * 4 > many) break;
  }
  const float scale = 1.0F / static_cast<float>(level);
  for (float& value : ink) value = std::clamp(value * scale, -0.6F, 1.0F);
  return ink;
}

}  // namespace

Ink::Ink(const Gray& picture, Point centre, Point across, Point down, double reach, double top,
         double foot)
    : centre_(centre),
      across_(across),
      down_(down),
      left_(-reach),
      top_(top),
      columns_(static_cast<int>(2 * reach / kWide)),
      rows_(std::max(1, static_cast<int>((foot - top) / kTall))) {
  // Four points of each cell, pixels as they are: cells are larger than pixels, or print is so
  // small that it does not matter.
  constexpr double kAside = 0.24 * kWide;
  constexpr double kLower = 0.24 * kTall;
  std::vector<float> seen(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
  const auto stride = static_cast<std::size_t>(picture.width);
  // In 65536ths of a pixel, so that a step is an addition.
  constexpr double kOne = 65536;
  const auto fixed = [](double value) {
    return static_cast<std::int64_t>(std::clamp(value, -1e6, 1e6) * kOne);
  };
  const std::int64_t right = (std::int64_t{picture.width} << 16) - 1;
  const std::int64_t lowest = (std::int64_t{picture.height} << 16) - 1;
  const std::uint8_t* pixels = picture.pixels.data();
  const auto pixel = [&](std::int64_t x, std::int64_t y) {
    x = std::clamp<std::int64_t>(x, 0, right) >> 16;
    y = std::clamp<std::int64_t>(y, 0, lowest) >> 16;
    return int{pixels[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x)]};
  };
  const std::int64_t one_x = fixed(across.x * kAside + down.x * kLower);
  const std::int64_t one_y = fixed(across.y * kAside + down.y * kLower);
  const std::int64_t two_x = fixed(across.x * kAside - down.x * kLower);
  const std::int64_t two_y = fixed(across.y * kAside - down.y * kLower);
  const std::int64_t step_x = fixed(across.x * kWide);
  const std::int64_t step_y = fixed(across.y * kWide);
  std::size_t i = 0;
  for (int row = 0; row < rows_; ++row) {
    const Point begin = in_picture(left_ + 0.5 * kWide, top_ + (row + 0.5) * kTall);
    std::int64_t x = fixed(begin.x);
    std::int64_t y = fixed(begin.y);
    // Straight lines: if both ends of a row are well inside the picture, all of it is.
    const std::int64_t end_x = x + step_x * columns_;
    const std::int64_t end_y = y + step_y * columns_;
    const std::int64_t slack =
        std::abs(one_x) + std::abs(one_y) + std::abs(two_x) + std::abs(two_y);
    const bool inside = std::min(x, end_x) > slack && std::max(x, end_x) < right - slack &&
                        std::min(y, end_y) > slack && std::max(y, end_y) < lowest - slack;
    const auto plain = [&](std::int64_t px, std::int64_t py) {
      return int{
          pixels[static_cast<std::size_t>(py >> 16) * stride + static_cast<std::size_t>(px >> 16)]};
    };
    for (int column = 0; column < columns_; ++column) {
      const int sum = inside ? plain(x + one_x, y + one_y) + plain(x - one_x, y - one_y) +
                                   plain(x + two_x, y + two_y) + plain(x - two_x, y - two_y)
                             : pixel(x + one_x, y + one_y) + pixel(x - one_x, y - one_y) +
                                   pixel(x + two_x, y + two_y) + pixel(x - two_x, y - two_y);
      seen[i++] = static_cast<float>(sum) * 0.25F;
      x += step_x;
      y += step_y;
    }
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
  const double cells = (right - left) * (foot - top) / (kWide * kTall);
  return sum_in(sums_, columns_, c0, r0, c1, r1) /
         std::max(static_cast<float>(cells), static_cast<float>((c1 - c0) * (r1 - r0)));
}

Ink::Cells Ink::cells(double left, double top, double right, double foot) {
  const auto near = [](double at, double size) {
    return static_cast<int>(std::floor(at / size + 0.5));
  };
  return {near(left, kWide), near(top, kTall), near(right, kWide), near(foot, kTall)};
}

float Ink::weighed(int line, int column, const Cells* boxes, const float* weights,
                   int count) const {
  float sum = 0;
  for (int k = 0; k < count; ++k) {
    const Cells& box = boxes[k];
    int c0 = column + box.left;
    int c1 = column + box.right;
    int r0 = line + box.top;
    int r1 = line + box.foot;
    if (c0 < 0 || r0 < 0 || c1 > columns_ || r1 > rows_) {
      c0 = std::clamp(c0, 0, columns_);
      c1 = std::clamp(c1, 0, columns_);
      r0 = std::clamp(r0, 0, rows_);
      r1 = std::clamp(r1, 0, rows_);
    }
    sum += weights[k] * sum_in(sums_, columns_, c0, r0, c1, r1);
  }
  return sum;
}

int Ink::column_of(double x) const {
  return static_cast<int>(std::floor((x - left_) / kWide + 0.5));
}

int Ink::line_of(double y) const {
  return static_cast<int>(std::floor((y - top_) / kTall + 0.5));
}

}  // namespace scr::print
