// SPDX-License-Identifier: Apache-2.0
#include "boxes/internal/fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace scr::boxes::internal {
namespace {

constexpr std::size_t kUnknowns = 8;
// How far off points are seen, pixels; and how aslant a page is, of its size: about as much as its
// far edge is shorter than its near one.
constexpr double kNoise = 0.7;
constexpr double kAslant = 0.1;

using Row = std::array<double, kUnknowns + 1>;

struct Normal {
  std::array<Row, kUnknowns> rows{};

  void add(const Row& equation, double weight) {
    for (std::size_t i = 0; i < kUnknowns; ++i) {
      for (std::size_t j = 0; j <= kUnknowns; ++j) rows[i][j] += weight * equation[i] * equation[j];
    }
  }
  // Gauss, with the largest pivot.
  std::optional<std::array<double, kUnknowns>> solved() {
    for (std::size_t k = 0; k < kUnknowns; ++k) {
      std::size_t best = k;
      for (std::size_t i = k + 1; i < kUnknowns; ++i) {
        if (std::abs(rows[i][k]) > std::abs(rows[best][k])) best = i;
      }
      if (std::abs(rows[best][k]) < 1e-12) return std::nullopt;
      std::swap(rows[k], rows[best]);
      for (std::size_t i = 0; i < kUnknowns; ++i) {
        if (i == k) continue;
        const double factor = rows[i][k] / rows[k][k];
        for (std::size_t j = k; j <= kUnknowns; ++j) rows[i][j] -= factor * rows[k][j];
      }
    }
    std::array<double, kUnknowns> values{};
    for (std::size_t k = 0; k < kUnknowns; ++k) values[k] = rows[k][kUnknowns] / rows[k][k];
    return values;
  }
};

// Where the map takes the corners of the unit square, `scale` times as large.
image::Quad corners_of(const std::array<double, kUnknowns>& h, double scale) {
  image::Quad quad;
  constexpr std::array<std::array<double, 2>, 4> kCorners{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}};
  for (std::size_t i = 0; i < 4; ++i) {
    const double x = kCorners[i][0];
    const double y = kCorners[i][1];
    const double w = h[6] * x + h[7] * y + 1;
    quad[i] = {(h[0] * x + h[1] * y + h[2]) / w * scale, (h[3] * x + h[4] * y + h[5]) / w * scale};
  }
  return quad;
}

}  // namespace

std::optional<image::Homography> fit(std::span<const Pair> pairs, double size, const Tilt& about) {
  if (pairs.size() < 4) return std::nullopt;
  // Both sides in lengths of about 1.
  double scale = 1;
  for (const Pair& pair : pairs)
    scale = std::max({scale, std::abs(pair.seen.x), std::abs(pair.seen.y)});
  Normal normal;
  for (const Pair& pair : pairs) {
    const double x = pair.page.x / size;
    const double y = pair.page.y / size;
    const double u = pair.seen.x / scale;
    const double v = pair.seen.y / scale;
    normal.add({x, y, 1, 0, 0, 0, -u * x, -u * y, u}, pair.weight);
    normal.add({0, 0, 0, x, y, 1, -v * x, -v * y, v}, pair.weight);
  }
  const double doubt = kNoise / scale / kAslant;
  normal.add({0, 0, 0, 0, 0, 0, 1, 0, about.across}, doubt * doubt);
  normal.add({0, 0, 0, 0, 0, 0, 0, 1, about.down}, doubt * doubt);
  const auto h = normal.solved();
  if (!h) return std::nullopt;
  const image::Quad page{image::Point{0, 0}, {size, 0}, {size, size}, {0, size}};
  return image::Homography::between(page, corners_of(*h, scale));
}

}  // namespace scr::boxes::internal
