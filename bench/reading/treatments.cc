// SPDX-License-Identifier: Apache-2.0
#include "bench/reading/treatments.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace scr::bench {
namespace {

using image::Gray;

// Sums of pixels, and of their squares, above and left of each corner (Crow, 1984).
class Sums {
 public:
  Sums(const Gray& picture, bool squares) : width_(static_cast<std::size_t>(picture.width) + 1) {
    plain_.assign(width_ * (static_cast<std::size_t>(picture.height) + 1), 0);
    if (squares) squared_ = plain_;
    for (int y = 0; y < picture.height; ++y) {
      std::uint64_t row = 0;
      std::uint64_t row_squared = 0;
      for (int x = 0; x < picture.width; ++x) {
        const std::uint64_t v = picture.at(x, y);
        row += v;
        row_squared += v * v;
        plain_[at(x + 1, y + 1)] = plain_[at(x + 1, y)] + row;
        if (squares) squared_[at(x + 1, y + 1)] = squared_[at(x + 1, y)] + row_squared;
      }
    }
  }
  double sum(int left, int top, int right, int bottom) const {
    return over(plain_, left, top, right, bottom);
  }
  double squared(int left, int top, int right, int bottom) const {
    return over(squared_, left, top, right, bottom);
  }

 private:
  std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * width_ + static_cast<std::size_t>(x);
  }
  double over(const std::vector<std::uint64_t>& sums, int left, int top, int right,
              int bottom) const {
    return static_cast<double>(sums[at(right, bottom)] + sums[at(left, top)] -
                               sums[at(right, top)] - sums[at(left, bottom)]);
  }

  std::size_t width_;
  std::vector<std::uint64_t> plain_;
  std::vector<std::uint64_t> squared_;
};

// `judge(sums, left, top, right, bottom, area)` gives the threshold of a pixel.
template <class Threshold>
Gray thresholded(const Gray& picture, int side, bool squares, Threshold threshold) {
  const Sums sums(picture, squares);
  Gray out = picture;
  const int reach = side / 2;
  for (int y = 0; y < picture.height; ++y) {
    const int top = std::max(0, y - reach);
    const int bottom = std::min(picture.height, y + reach + 1);
    for (int x = 0; x < picture.width; ++x) {
      const int left = std::max(0, x - reach);
      const int right = std::min(picture.width, x + reach + 1);
      const double area = static_cast<double>(right - left) * (bottom - top);
      out.at(x, y) = picture.at(x, y) < threshold(sums, left, top, right, bottom, area) ? 0 : 255;
    }
  }
  return out;
}

}  // namespace

Gray stretched(const Gray& picture, int radius) {
  const int tile = std::max(2, radius);
  const int across = (picture.width + tile - 1) / tile;
  const int down = (picture.height + tile - 1) / tile;
  const auto tiles = static_cast<std::size_t>(across) * static_cast<std::size_t>(down);
  std::vector<std::uint8_t> least(tiles, 255);
  std::vector<std::uint8_t> most(tiles, 0);
  const auto tile_at = [&](int x, int y) {
    return static_cast<std::size_t>(std::clamp(y, 0, down - 1)) * static_cast<std::size_t>(across) +
           static_cast<std::size_t>(std::clamp(x, 0, across - 1));
  };
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const std::size_t t = tile_at(x / tile, y / tile);
      least[t] = std::min(least[t], picture.at(x, y));
      most[t] = std::max(most[t], picture.at(x, y));
    }
  }
  // A tile knows its neighbours.
  std::vector<float> low(tiles);
  std::vector<float> high(tiles);
  for (int y = 0; y < down; ++y) {
    for (int x = 0; x < across; ++x) {
      std::uint8_t l = 255;
      std::uint8_t h = 0;
      for (int k = 0; k < 9; ++k) {
        l = std::min(l, least[tile_at(x + k % 3 - 1, y + k / 3 - 1)]);
        h = std::max(h, most[tile_at(x + k % 3 - 1, y + k / 3 - 1)]);
      }
      low[tile_at(x, y)] = l;
      high[tile_at(x, y)] = h;
    }
  }
  constexpr float kLeastRange = 24;  // what varies less is paper
  Gray out = picture;
  for (int y = 0; y < picture.height; ++y) {
    const float v = (static_cast<float>(y) + 0.5f) / static_cast<float>(tile) - 0.5f;
    const int row = static_cast<int>(std::floor(v));
    const float fy = v - static_cast<float>(row);
    for (int x = 0; x < picture.width; ++x) {
      const float u = (static_cast<float>(x) + 0.5f) / static_cast<float>(tile) - 0.5f;
      const int column = static_cast<int>(std::floor(u));
      const float fx = u - static_cast<float>(column);
      const auto between = [&](const std::vector<float>& of) {
        return (of[tile_at(column, row)] * (1 - fx) + of[tile_at(column + 1, row)] * fx) *
                   (1 - fy) +
               (of[tile_at(column, row + 1)] * (1 - fx) + of[tile_at(column + 1, row + 1)] * fx) *
                   fy;
      };
      const float l = between(low);
      const float h = std::max(between(high), l + kLeastRange);
      out.at(x, y) = static_cast<std::uint8_t>(
          std::clamp(255 * (static_cast<float>(picture.at(x, y)) - l) / (h - l), 0.0f, 255.0f));
    }
  }
  return out;
}

Gray adaptive_threshold(const Gray& picture, int side, int offset) {
  return thresholded(
      picture, side, false,
      [offset](const Sums& sums, int left, int top, int right, int bottom, double area) {
        return sums.sum(left, top, right, bottom) / area - offset;
      });
}

Gray sauvola(const Gray& picture, int side, double k) {
  return thresholded(picture, side, true,
                     [k](const Sums& sums, int left, int top, int right, int bottom, double area) {
                       const double mean = sums.sum(left, top, right, bottom) / area;
                       const double variance =
                           sums.squared(left, top, right, bottom) / area - mean * mean;
                       return mean * (1 + k * (std::sqrt(std::max(0.0, variance)) / 128 - 1));
                     });
}

Gray gaussian(const Gray& picture, double sigma) {
  const int reach = std::max(1, static_cast<int>(std::ceil(3 * sigma)));
  std::vector<float> weights;
  float sum = 0;
  for (int i = -reach; i <= reach; ++i) {
    weights.push_back(static_cast<float>(std::exp(-i * i / (2 * sigma * sigma))));
    sum += weights.back();
  }
  for (float& weight : weights) weight /= sum;
  const auto pass = [&](const Gray& in, int step_x, int step_y) {
    Gray out = in;
    for (int y = 0; y < in.height; ++y) {
      for (int x = 0; x < in.width; ++x) {
        float value = 0.5f;
        for (int i = -reach; i <= reach; ++i) {
          value += weights[static_cast<std::size_t>(i + reach)] *
                   static_cast<float>(in.at(std::clamp(x + i * step_x, 0, in.width - 1),
                                            std::clamp(y + i * step_y, 0, in.height - 1)));
        }
        out.at(x, y) = static_cast<std::uint8_t>(value);
      }
    }
    return out;
  };
  return pass(pass(picture, 1, 0), 0, 1);
}

}  // namespace scr::bench
