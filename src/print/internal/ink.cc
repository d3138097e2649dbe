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
#include <numeric>

namespace scr::print {
namespace {

using image::Gray;
using image::Point;

constexpr float kParts = 256;  // of full ink, in sums

// All of them are written before they are read.
template <typename Value>
using Values = std::vector<Value, image::Unset<Value>>;

// Sums over all above and to the left of each corner between cells.
template <typename Value>
Values<std::int32_t> sums_of(const Values<Value>& values, int columns, int rows) {
  const auto stride = static_cast<std::size_t>(columns) + 1;
  Values<std::int32_t> sums(stride * (static_cast<std::size_t>(rows) + 1));
  std::fill(sums.begin(), sums.begin() + columns + 1, 0);
  for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
    const Value* line = values.data() + row * static_cast<std::size_t>(columns);
    const std::int32_t* above = sums.data() + row * stride + 1;
    std::int32_t* here = sums.data() + (row + 1) * stride + 1;
    here[-1] = 0;
    std::int32_t run = 0;
    for (std::size_t column = 0; column < static_cast<std::size_t>(columns); ++column) {
      run += line[column];
      here[column] = above[column] + run;
    }
  }
  return sums;
}

// The level that the darkest quarter of all ink passes; `ink` in fourths of a brightness step.
float level_of(const Values<std::int16_t>& ink) {
  constexpr std::size_t kEvery = 3;  // enough to know it
  constexpr int kNone = 4;           // less is paper
  std::array<int, 256> histogram{};
  for (std::size_t i = 0; i < ink.size(); i += kEvery)
    ++histogram[static_cast<std::size_t>(std::clamp(ink[i] / 4, 0, 255))];
  const int many = std::accumulate(histogram.begin() + kNone, histogram.end(), 0);
  std::size_t level = 255;
  for (int above = 0; level > 8; --level) {
    above += histogram[level];
    if (above * 4 > many) break;
  }
  return static_cast<float>(level);
}

// Darker than the mean of its surroundings, as a share of what print usually is: clipped, so that
// neither pens nor shadows outweigh print. In kParts.
Values<std::int16_t> relative(const Values<std::uint16_t>& seen, int columns, int rows) {
  constexpr int kAround = 9;  // cells to each side
  constexpr int kSide = 2 * kAround + 1;
  constexpr float kShare = 1.0F / (kSide * kSide);
  const Values<std::int32_t> sums = sums_of(seen, columns, rows);
  Values<std::int16_t> ink(seen.size());
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

// In 4096ths of a pixel, so that a step is an addition; pictures have at most 2^16 pixels a side.
constexpr int kShift = 12;
std::int32_t fixed(double value) {
  return static_cast<std::int32_t>(std::clamp(value, -2e5, 2e5) * (1 << kShift));
}

// Which steps i of 0 .. count - 1 have from + i * step within [low, high].
struct StepRange {
  int begin = 0;
  int end = 0;
};
StepRange steps_within(double from, double step, double low, double high, int count) {
  if (std::abs(step) < 1e-9) return from < low || from > high ? StepRange{} : StepRange{0, count};
  const double one = (low - from) / step;
  const double two = (high - from) / step;
  const auto held = [&](double i) { return static_cast<int>(std::clamp(i, 0.0, double(count))); };
  return {held(std::ceil(std::min(one, two))), held(std::floor(std::max(one, two)) + 1)};
}

// Four points of each cell, pixels as they are, or twice two where the picture is so small that a
// cell has few pixels.
class CellSampler {
 public:
  CellSampler(const Gray& picture, Point across, Point down)
      : picture_(picture),
        step_{across.x * Ink::kWide, across.y * Ink::kWide},
        one_{(step_.x + down.x * Ink::kTall) * kAside, (step_.y + down.y * Ink::kTall) * kAside},
        two_{(step_.x - down.x * Ink::kTall) * kAside, (step_.y - down.y * Ink::kTall) * kAside},
        few_pixels_(std::hypot(step_.x, step_.y) < kFewPixels) {}

  // The cells of one line, whose first has its middle at `begin`: sums of four. What is outside the
  // picture looks like what is nearest in this line.
  void line(Point begin, std::span<std::uint16_t> out) const {
    const auto count = static_cast<int>(out.size());
    const double slack_x = std::max(std::abs(one_.x), std::abs(two_.x)) + 1;
    const double slack_y = std::max(std::abs(one_.y), std::abs(two_.y)) + 1;
    const StepRange across =
        steps_within(begin.x, step_.x, slack_x, picture_.width - slack_x - 1, count);
    const StepRange down =
        steps_within(begin.y, step_.y, slack_y, picture_.height - slack_y - 1, count);
    const int first = std::max(across.begin, down.begin);
    const int last = std::min(across.end, down.end);
    if (first >= last) {
      std::fill(out.begin(), out.end(), std::uint16_t{4 * 255});
      return;
    }
    const Point from{begin.x + first * step_.x, begin.y + first * step_.y};
    const auto cells =
        out.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
    if (few_pixels_) {
      inside<2>(from, cells);
    } else {
      inside<4>(from, cells);
    }
    std::fill(out.begin(), out.begin() + first, out[static_cast<std::size_t>(first)]);
    std::fill(out.begin() + last, out.end(), out[static_cast<std::size_t>(last - 1)]);
  }

 private:
  static constexpr double kAside = 0.24;

  static constexpr double kFewPixels = 3.2;  // across

  // A point of a cell, from the cell's middle; 4096ths of a pixel.
  struct Aside {
    std::int32_t x, y;
  };

  template <std::size_t points>
  void inside(Point begin, std::span<std::uint16_t> out) const {
    std::array<Aside, 4> all{{{fixed(one_.x), fixed(one_.y)},
                              {-fixed(one_.x), -fixed(one_.y)},
                              {fixed(two_.x), fixed(two_.y)},
                              {-fixed(two_.x), -fixed(two_.y)}}};
    const std::int32_t step_x = fixed(step_.x);
    const std::int32_t step_y = fixed(step_.y);
    std::int32_t x = fixed(begin.x);
    std::int32_t y = fixed(begin.y);
    // In a picture that lies nearly straight many cells look into the same lines of pixels.
    constexpr std::int32_t kNearlyStraight = (1 << kShift) / 4;
    const bool straight = std::abs(step_y) < kNearlyStraight;
    for (std::size_t i = 0; i < out.size();) {
      std::array<const std::uint8_t*, points> lines;
      std::size_t run = straight ? out.size() - i : 1;
      for (std::size_t p = 0; p < points; ++p) {
        const std::int32_t at = y + all[p].y;
        lines[p] = picture_.pixels.data() + std::ptrdiff_t{at >> kShift} * picture_.width;
        if (straight) run = std::min(run, steps_in_line(at, step_y));
      }
      for (std::size_t end = i + run; i < end; ++i) {
        int sum = 0;
        for (std::size_t p = 0; p < points; ++p) sum += lines[p][(x + all[p].x) >> kShift];
        out[i] = static_cast<std::uint16_t>(sum * static_cast<int>(4 / points));
        x += step_x;
      }
      y += static_cast<std::int32_t>(run) * step_y;
    }
  }

  // How many steps from `at` on begin in its line of pixels; at least 1.
  static std::size_t steps_in_line(std::int32_t at, std::int32_t step) {
    constexpr std::int32_t kOne = 1 << kShift;
    const std::int32_t in_line = at & (kOne - 1);
    if (step == 0) return SIZE_MAX;
    return static_cast<std::size_t>(step > 0 ? (kOne - in_line + step - 1) / step
                                             : in_line / -step + 1);
  }

  const Gray& picture_;
  Point step_;  // from cell to cell
  Point one_;   // from the middle of a cell to its points
  Point two_;
  bool few_pixels_;
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
  Values<std::uint16_t> seen(columns * static_cast<std::size_t>(rows_));
  const CellSampler sampler(picture, across, down);
  for (int row = 0; row < rows_; ++row) {
    sampler.line(in_picture(left_ + 0.5 * kWide, top_ + (row + 0.5) * kTall),
                 std::span(seen).subspan(static_cast<std::size_t>(row) * columns, columns));
  }
  sums_ = sums_of(relative(seen, columns_, rows_), columns_, rows_);
}

float Ink::box(double left, double top, double right, double foot) const {
  // What is cut off towards zero is rounded down: below zero all is held at zero.
  const auto cell = [](double away, double size, int most) {
    return std::clamp(static_cast<int>(away / size + 0.5), 0, most);
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
    const int left = column + box.left;  // clang 14 lets no lambda have a structured binding
    const int right = column + box.right;
    const auto one = [&](int i) {
      const int c0 = held(left + i);
      const int c1 = held(right + i);
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
