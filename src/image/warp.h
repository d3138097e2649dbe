// SPDX-License-Identifier: Apache-2.0
//
// Maps between planes, and pictures looked at between their pixels.
//
// Pure; any thread.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "image/image.h"

namespace scr::image {

// A map of the projective plane that keeps straight lines straight.
class Homography {
 public:
  // The map that takes the corners (0,0), (1,0), (1,1), (0,1) to `quad`. Degenerate quads give a
  // map that is of no use, never a crash. (Heckbert, Fundamentals of Texture Mapping, 1989, 2.2.2.)
  static Homography of_unit_square(const Quad& quad);
  // The map that takes the corners of `from` to those of `to`.
  static Homography between(const Quad& from, const Quad& to);

  Point operator()(double x, double y) const {
    const double w = m_[6] * x + m_[7] * y + m_[8];
    return {(m_[0] * x + m_[1] * y + m_[2]) / w, (m_[3] * x + m_[4] * y + m_[5]) / w};
  }
  Homography inverse() const;
  // First `first`, then this.
  Homography after(const Homography& first) const;

 private:
  std::array<double, 9> m_{1, 0, 0, 0, 1, 0, 0, 0, 1};
};

// Brightness at a point, by the four pixels around it; points outside take the nearest pixel.
// REQUIRES: at least 2 x 2 pixels.
inline float sample(const Gray& picture, double x, double y) {
  const double left = std::clamp(x - 0.5, 0.0, picture.width - 1.001);
  const double top = std::clamp(y - 0.5, 0.0, picture.height - 1.001);
  const int column = static_cast<int>(left);
  const int row = static_cast<int>(top);
  const auto fx = static_cast<float>(left - column);
  const auto fy = static_cast<float>(top - row);
  const auto stride = static_cast<std::size_t>(picture.width);
  const std::uint8_t* at = picture.pixels.data() + static_cast<std::size_t>(row) * stride +
                           static_cast<std::size_t>(column);
  const float upper = static_cast<float>(at[0]) * (1 - fx) + static_cast<float>(at[1]) * fx;
  const float lower =
      static_cast<float>(at[stride]) * (1 - fx) + static_cast<float>(at[stride + 1]) * fx;
  return upper * (1 - fy) + lower * fy;
}

// The same at points from `from` on, `step` apart: quicker, each point to a hundredth of a pixel
// (for some dozens of them).
void sample_line(const Gray& picture, Point from, Point step, std::span<float> out);

// Each pixel the mean of `factor` x `factor` pixels; what is left over at the right and at the foot
// is dropped. REQUIRES: factor >= 1.
Gray reduced(const Gray& picture, int factor);
// Columns become rows.
Gray transposed(const Gray& picture);
// `factor` times as large, between pixels linear. REQUIRES: factor > 0.
Gray resized(const Gray& picture, double factor);

}  // namespace scr::image
