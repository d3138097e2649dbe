// SPDX-License-Identifier: Apache-2.0
#include "image/warp.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace scr::image {

Homography Homography::of_unit_square(const Quad& q) {
  const double sx = q[0].x - q[1].x + q[2].x - q[3].x;
  const double sy = q[0].y - q[1].y + q[2].y - q[3].y;
  const double dx1 = q[1].x - q[2].x;
  const double dy1 = q[1].y - q[2].y;
  const double dx2 = q[3].x - q[2].x;
  const double dy2 = q[3].y - q[2].y;
  const double determinant = dx1 * dy2 - dx2 * dy1;
  const bool flat = std::abs(determinant) < 1e-12;
  const double g = flat ? 0 : (sx * dy2 - dx2 * sy) / determinant;
  const double h = flat ? 0 : (dx1 * sy - sx * dy1) / determinant;
  Homography map;
  map.m_ = {q[1].x - q[0].x + g * q[1].x,
            q[3].x - q[0].x + h * q[3].x,
            q[0].x,
            q[1].y - q[0].y + g * q[1].y,
            q[3].y - q[0].y + h * q[3].y,
            q[0].y,
            g,
            h,
            1};
  return map;
}

Homography Homography::between(const Quad& from, const Quad& to) {
  return of_unit_square(to).after(of_unit_square(from).inverse());
}

Homography Homography::inverse() const {
  const auto& m = m_;
  Homography map;  // the adjugate: a factor does not matter
  map.m_ = {m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
            m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
            m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]};
  return map;
}

Homography Homography::after(const Homography& first) const {
  Homography map;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column) {
      double sum = 0;
      for (std::size_t k = 0; k < 3; ++k) sum += m_[row * 3 + k] * first.m_[k * 3 + column];
      map.m_[row * 3 + column] = sum;
    }
  }
  return map;
}

void sample_line(const Gray& picture, Point from, Point step, std::span<float> out) {
  const auto inside = [&](double x, double y) {
    return x >= 1 && y >= 1 && x < picture.width - 2 && y < picture.height - 2;
  };
  const double steps = static_cast<double>(out.size()) - 1;
  if (!inside(from.x, from.y) || !inside(from.x + steps * step.x, from.y + steps * step.y)) {
    for (std::size_t i = 0; i < out.size(); ++i) {
      const auto far = static_cast<double>(i);
      out[i] = sample(picture, from.x + far * step.x, from.y + far * step.y);
    }
    return;
  }
  // In 4096ths of a pixel, so that a step is an addition.
  constexpr int kShift = 12;
  constexpr int kOne = 1 << kShift;
  const auto fixed = [](double value) {
    return static_cast<std::int32_t>(std::lround(value * kOne));
  };
  const std::uint8_t* pixels = picture.pixels.data();
  const std::ptrdiff_t stride = picture.width;
  std::int32_t x = fixed(from.x - 0.5);
  std::int32_t y = fixed(from.y - 0.5);
  const std::int32_t step_x = fixed(step.x);
  const std::int32_t step_y = fixed(step.y);
  for (float& value : out) {
    const std::uint8_t* at = pixels + (y >> kShift) * stride + (x >> kShift);
    const std::int32_t fx = x & (kOne - 1);
    const std::int32_t fy = y & (kOne - 1);
    const std::int32_t upper = at[0] * kOne + (at[1] - at[0]) * fx;
    const std::int32_t lower = at[stride] * kOne + (at[stride + 1] - at[stride]) * fx;
    const std::int32_t both = upper + (((lower - upper) >> 5) * fy >> (kShift - 5));
    value = static_cast<float>(both) * (1.0F / kOne);
    x += step_x;
    y += step_y;
  }
}

Gray reduced(const Gray& picture, int factor) {
  if (factor == 1) return picture;
  Gray small = white(picture.width / factor, picture.height / factor);
  std::vector<unsigned> sums(static_cast<std::size_t>(small.width));
  const auto stride = static_cast<std::size_t>(picture.width);
  const auto step = static_cast<std::size_t>(factor);
  const auto area = static_cast<unsigned>(factor * factor);
  for (std::size_t row = 0; row < static_cast<std::size_t>(small.height); ++row) {
    std::fill(sums.begin(), sums.end(), area / 2);
    for (std::size_t k = 0; k < step; ++k) {
      const std::uint8_t* line = picture.pixels.data() + (row * step + k) * stride;
      if (factor == 2) {
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += 0u + line[2 * i] + line[2 * i + 1];
      } else {
        for (std::size_t i = 0; i < sums.size(); ++i) {
          for (std::size_t x = 0; x < step; ++x) sums[i] += line[i * step + x];
        }
      }
    }
    std::uint8_t* out = small.pixels.data() + row * sums.size();
    for (std::size_t i = 0; i < sums.size(); ++i)
      out[i] = static_cast<std::uint8_t>(sums[i] / area);
  }
  return small;
}

Gray transposed(const Gray& picture) {
  constexpr int kTile = 64;  // pixels a side: read and written within the first cache
  Gray other{picture.height, picture.width, Pixels(picture.pixels.size())};
  for (int top = 0; top < picture.height; top += kTile) {
    for (int left = 0; left < picture.width; left += kTile) {
      for (int y = top; y < std::min(top + kTile, picture.height); ++y) {
        for (int x = left; x < std::min(left + kTile, picture.width); ++x)
          other.at(y, x) = picture.at(x, y);
      }
    }
  }
  return other;
}

Gray resized(const Gray& picture, double factor) {
  if (picture.width < 2 || picture.height < 2) return picture;
  Gray other = white(std::max(1, static_cast<int>(picture.width * factor)),
                     std::max(1, static_cast<int>(picture.height * factor)));
  for (int row = 0; row < other.height; ++row) {
    for (int column = 0; column < other.width; ++column) {
      other.at(column, row) = static_cast<std::uint8_t>(
          std::lround(sample(picture, (column + 0.5) / factor, (row + 0.5) / factor)));
    }
  }
  return other;
}

}  // namespace scr::image
