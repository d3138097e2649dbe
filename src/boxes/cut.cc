// SPDX-License-Identifier: Apache-2.0
#include "boxes/cut.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "image/warp.h"

namespace scr::boxes {
namespace {

using image::Point;

// Of the height, on each side: strokes go over the edge of a box.
constexpr double kAround = 0.2;
constexpr double kWidest = 40;
// Places looked at for a pixel of what is cut, a side, where the picture is finer than that.
constexpr int kMostLooks = 4;

double distance(Point a, Point b) {
  return std::hypot(b.x - a.x, b.y - a.y);
}

}  // namespace

image::Gray cut_row(const image::Gray& picture, std::span<const image::Quad> parts, int height) {
  const image::Quad row{parts.front()[0], parts.back()[1], parts.back()[2], parts.front()[3]};
  const double tall = (distance(row[0], row[3]) + distance(row[1], row[2])) / 2;
  const double wide = (distance(row[0], row[1]) + distance(row[3], row[2])) / 2;
  const double ratio = std::clamp(wide / std::max(1e-6, tall), 0.1, kWidest);
  const image::Homography map = image::Homography::of_unit_square(row);
  const double rows = 1 + 2 * kAround;
  const double columns = ratio + 2 * kAround;
  const int width = std::max(1, static_cast<int>(std::lround(height * columns / rows)));
  const double finer = tall * rows / height;
  const int looks = std::clamp(static_cast<int>(std::ceil(finer)), 1, kMostLooks);
  image::Gray cut = image::white(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      double sum = 0;
      for (int j = 0; j < looks; ++j) {
        for (int i = 0; i < looks; ++i) {
          const double u = (x + (i + 0.5) / looks) / width * columns - kAround;
          const double v = (y + (j + 0.5) / looks) / height * rows - kAround;
          const Point at = map(u / ratio, v);
          sum += static_cast<double>(image::sample(picture, at.x, at.y));
        }
      }
      cut.at(x, y) = static_cast<std::uint8_t>(std::lround(sum / (looks * looks)));
    }
  }
  return cut;
}

}  // namespace scr::boxes
