// SPDX-License-Identifier: Apache-2.0
#include "print/internal/ink.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

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
  constexpr int kAround = 9;  // cells
  const std::vector<float> sums = sums_of(seen, columns, rows);
  std::vector<float> ink(seen.size());
  std::vector<int> histogram(256, 0);
  int many = 0;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const int left = std::max(0, column - kAround);
      const int right = std::min(columns, column + kAround + 1);
      const int top = std::max(0, row - kAround);
      const int foot = std::min(rows, row + kAround + 1);
      const float mean = sum_in(sums, columns, left, top, right, foot) /
                         static_cast<float>((right - left) * (foot - top));
      const std::size_t i = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                            static_cast<std::size_t>(column);
      ink[i] = mean - seen[i];
      if (ink[i] < 4) continue;
      ++histogram[static_cast<std::size_t>(std::min(255.0F, ink[i]))];
      ++many;
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
      columns_(static_cast<int>(2 * reach / kCell)),
      rows_(std::max(1, static_cast<int>((foot - top) / kCell))) {
  // Four points of each cell, pixels as they are: cells are larger than pixels, or print is so small
  // that it does not matter.
  constexpr double kAside = 0.24 * kCell;
  std::vector<float> seen(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
  const auto stride = static_cast<std::size_t>(picture.width);
  const auto pixel = [&](Point at) {
    const int x = std::clamp(static_cast<int>(at.x), 0, picture.width - 1);
    const int y = std::clamp(static_cast<int>(at.y), 0, picture.height - 1);
    return int{picture.pixels[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x)]};
  };
  const Point one = {across.x * kAside + down.x * kAside, across.y * kAside + down.y * kAside};
  const Point two = {across.x * kAside - down.x * kAside, across.y * kAside - down.y * kAside};
  std::size_t i = 0;
  for (int row = 0; row < rows_; ++row) {
    Point at = in_picture(left_ + 0.5 * kCell, top_ + (row + 0.5) * kCell);
    for (int column = 0; column < columns_; ++column) {
      const int sum = pixel({at.x + one.x, at.y + one.y}) + pixel({at.x - one.x, at.y - one.y}) +
                      pixel({at.x + two.x, at.y + two.y}) + pixel({at.x - two.x, at.y - two.y});
      seen[i++] = static_cast<float>(sum) * 0.25F;
      at.x += across.x * kCell;
      at.y += across.y * kCell;
    }
  }
  sums_ = sums_of(relative(seen, columns_, rows_), columns_, rows_);
}

float Ink::box(double left, double top, double right, double foot) const {
  const auto cell = [](double at, double from, int most) {
    return std::clamp(static_cast<int>(std::floor((at - from) / kCell + 0.5)), 0, most);
  };
  const int c0 = cell(left, left_, columns_);
  const int c1 = cell(right, left_, columns_);
  const int r0 = cell(top, top_, rows_);
  const int r1 = cell(foot, top_, rows_);
  if (c1 <= c0 || r1 <= r0) return 0;
  const double cells = (right - left) * (foot - top) / (kCell * kCell);
  return sum_in(sums_, columns_, c0, r0, c1, r1) /
         std::max(static_cast<float>(cells), static_cast<float>((c1 - c0) * (r1 - r0)));
}

Ink::Cells Ink::cells(double left, double top, double right, double foot) {
  const auto near = [](double at) { return static_cast<int>(std::floor(at / kCell + 0.5)); };
  return {near(left), near(top), near(right), near(foot)};
}

float Ink::weighed(int line, int column, const Cells* boxes, const float* weights, int count) const {
  float sum = 0;
  for (int k = 0; k < count; ++k) {
    const Cells& box = boxes[k];
    const int c0 = std::clamp(column + box.left, 0, columns_);
    const int c1 = std::clamp(column + box.right, 0, columns_);
    const int r0 = std::clamp(line + box.top, 0, rows_);
    const int r1 = std::clamp(line + box.foot, 0, rows_);
    const auto size = static_cast<float>((box.right - box.left) * (box.foot - box.top));
    sum += weights[k] * sum_in(sums_, columns_, c0, r0, c1, r1) / size;
  }
  return sum;
}

int Ink::column_of(double x) const {
  return static_cast<int>(std::floor((x - left_) / kCell + 0.5));
}

int Ink::line_of(double y) const {
  return static_cast<int>(std::floor((y - top_) / kCell + 0.5));
}

}  // namespace scr::print
