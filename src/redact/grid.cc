// SPDX-License-Identifier: Apache-2.0
#include "redact/grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace scr::redact {
namespace {

using image::Point;
using image::Quad;

bool seen_from_right(int orientation) {
  return orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
}
bool seen_from_foot(int orientation) {
  return orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
}

// Of the picture as people see it -> as stored (CIPA DC-008, 4.6.4).
Point stored(const Grid& grid, Point upright) {
  Point at = grid.orientation >= 5 ? Point{upright.y, upright.x} : upright;
  if (seen_from_right(grid.orientation)) at.x = grid.width - at.x;
  if (seen_from_foot(grid.orientation)) at.y = grid.height - at.y;
  return at;
}

struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void take(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

Extent extent_along(const Quad& shape, Point direction) {
  Extent extent;
  for (const Point& corner : shape) extent.take(corner.x * direction.x + corner.y * direction.y);
  return extent;
}

Quad quad_of(const Box& box) {
  return {Point{1.0 * box.left, 1.0 * box.top},
          {1.0 * box.right, 1.0 * box.top},
          {1.0 * box.right, 1.0 * box.foot},
          {1.0 * box.left, 1.0 * box.foot}};
}

std::uint32_t leaf_at(const Grid& grid, int column, int row) {
  return 1 + static_cast<std::uint32_t>(row) * static_cast<std::uint32_t>(grid.columns()) +
         static_cast<std::uint32_t>(column);
}

// The first and the last of `count` cells of one `side` that [low, high] may have a piece of.
std::array<int, 2> cells_between(double low, double high, int side, int count) {
  const auto cell = [&](double at) {
    return static_cast<int>(std::clamp(std::floor(at / side), 0.0, count - 1.0));
  };
  return {cell(low), cell(high)};
}

void add_cells_of(const Grid& grid, const Quad& upright, std::vector<std::uint32_t>& leaves) {
  Quad shape;
  for (std::size_t i = 0; i < 4; ++i) shape[i] = stored(grid, upright[i]);
  const Extent x = extent_along(shape, {1, 0});
  const Extent y = extent_along(shape, {0, 1});
  if (!(std::isfinite(x.low + x.high) && std::isfinite(y.low + y.high))) return;
  const auto [left, right] = cells_between(x.low, x.high, grid.cell_width, grid.columns());
  const auto [top, foot] = cells_between(y.low, y.high, grid.cell_height, grid.rows());
  for (int row = top; row <= foot; ++row) {
    for (int column = left; column <= right; ++column) {
      const std::uint32_t leaf = leaf_at(grid, column, row);
      if (overlap(shape, quad_of(box_of(grid, leaf)))) leaves.push_back(leaf);
    }
  }
}

}  // namespace

// Two convex shapes have no piece in common if and only if they lie apart along the normal of one
// of their sides.
bool overlap(const Quad& a, const Quad& b) {
  for (const Quad* shape : {&a, &b}) {
    for (std::size_t i = 0; i < 4; ++i) {
      const Point& from = (*shape)[i];
      const Point& to = (*shape)[(i + 1) % 4];
      const Point normal{from.y - to.y, to.x - from.x};
      if (normal.x == 0 && normal.y == 0) continue;
      const Extent of_a = extent_along(a, normal);
      const Extent of_b = extent_along(b, normal);
      if (of_a.high <= of_b.low || of_b.high <= of_a.low) return false;
    }
  }
  return true;
}

int cell_side(int width, int height) {
  const auto pixels = static_cast<std::int64_t>(width) * height;
  return pixels <= 1'000'000 ? 16 : pixels <= 5'000'000 ? 32 : 64;
}

Box box_of(const Grid& grid, std::uint32_t leaf) {
  const int cell = static_cast<int>(leaf - 1);
  const int left = cell % grid.columns() * grid.cell_width;
  const int top = cell / grid.columns() * grid.cell_height;
  return {left, top, std::min(left + grid.cell_width, grid.width),
          std::min(top + grid.cell_height, grid.height)};
}

Box upright_box_of(const Grid& grid, std::uint32_t leaf) {
  Box box = box_of(grid, leaf);
  if (seen_from_right(grid.orientation))
    box = {grid.width - box.right, box.top, grid.width - box.left, box.foot};
  if (seen_from_foot(grid.orientation))
    box = {box.left, grid.height - box.foot, box.right, grid.height - box.top};
  if (grid.orientation >= 5) box = {box.top, box.left, box.foot, box.right};
  return box;
}

cells::Mask mask_of(const Grid& grid, const std::vector<image::Quad>& shapes) {
  std::vector<std::uint32_t> leaves;
  for (const image::Quad& shape : shapes) add_cells_of(grid, shape, leaves);
  return cells::Mask::of(std::move(leaves));
}

std::vector<std::uint32_t> touched(const Grid& grid, const cells::Mask& mask,
                                   const std::vector<image::Quad>& shapes) {
  std::vector<std::uint32_t> both;
  const cells::Mask wanted = mask_of(grid, shapes);
  for (const cells::Mask::Range& range : wanted.ranges()) {
    for (std::uint32_t leaf = range.first; leaf <= range.last; ++leaf) {
      if (mask.hides(leaf)) both.push_back(leaf);
    }
  }
  return both;
}

}  // namespace scr::redact
