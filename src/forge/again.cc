// SPDX-License-Identifier: Apache-2.0
#include "forge/again.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numbers>
#include <vector>

#include "base/check.h"

namespace scr::forge {
namespace {

using image::Homography;
using image::Point;
using image::Quad;
using image::Rgb;

constexpr std::uint8_t kGround = 235;

Rgb ground(int width, int height) {
  return {width, height,
          image::Pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3,
                        kGround)};
}

// As small programs enlarge and reduce: linear between four pixels, whatever the size.
Rgb warped(const Rgb& picture, const Homography& back, int width, int height) {
  Rgb out = ground(width, height);
  const auto stride = static_cast<std::size_t>(picture.width) * 3;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const Point at = back(x + 0.5, y + 0.5);
      const double left = at.x - 0.5;
      const double top = at.y - 0.5;
      if (left < 0 || top < 0 || left >= picture.width - 1 || top >= picture.height - 1) continue;
      const auto column = static_cast<std::size_t>(left);
      const auto row = static_cast<std::size_t>(top);
      const double fx = left - static_cast<double>(column);
      const double fy = top - static_cast<double>(row);
      const std::uint8_t* p = picture.pixels.data() + row * stride + column * 3;
      std::uint8_t* pixel =
          &out.pixels[3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                           static_cast<std::size_t>(x))];
      for (std::size_t k = 0; k < 3; ++k) {
        pixel[k] = static_cast<std::uint8_t>(
            (p[k] * (1 - fx) + p[k + 3] * fx) * (1 - fy) +
            (p[stride + k] * (1 - fx) + p[stride + k + 3] * fx) * fy + 0.5);
      }
    }
  }
  return out;
}

// Gaussian, `sigma` pixels; one direction after the other.
void soften(Rgb& picture, double sigma) {
  const int reach = static_cast<int>(std::ceil(3 * sigma));
  std::vector<double> weights;
  double sum = 0;
  for (int i = -reach; i <= reach; ++i) {
    weights.push_back(std::exp(-i * i / (2 * sigma * sigma)));
    sum += weights.back();
  }
  for (const bool across : {true, false}) {
    const Rgb before = picture;
    for (int y = 0; y < picture.height; ++y) {
      for (int x = 0; x < picture.width; ++x) {
        std::array<double, 3> mean{};
        for (int i = -reach; i <= reach; ++i) {
          const int px = std::clamp(across ? x + i : x, 0, picture.width - 1);
          const int py = std::clamp(across ? y : y + i, 0, picture.height - 1);
          const auto at =
              3 * (static_cast<std::size_t>(py) * static_cast<std::size_t>(picture.width) +
                   static_cast<std::size_t>(px));
          for (std::size_t k = 0; k < 3; ++k)
            mean[k] += weights[static_cast<std::size_t>(i + reach)] * before.pixels[at + k];
        }
        const auto at = 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                             static_cast<std::size_t>(x));
        for (std::size_t k = 0; k < 3; ++k)
          picture.pixels[at + k] = static_cast<std::uint8_t>(mean[k] / sum + 0.5);
      }
    }
  }
}

void grain(Rgb& picture, double strength, Chance& chance) {
  for (std::size_t i = 0; i + 2 < picture.pixels.size(); i += 3) {
    const double noise = chance.normal() * strength;
    for (std::size_t k = 0; k < 3; ++k)
      picture.pixels[i + k] =
          static_cast<std::uint8_t>(std::clamp(picture.pixels[i + k] + noise, 0.0, 255.0));
  }
}

void move_truth(Photograph& photo, const std::function<Point(Point)>& moved) {
  for (Point& centre : photo.centres) centre = moved(centre);
  for (Point& corner : photo.code_corners) corner = moved(corner);
  for (Field& field : photo.fields) {
    for (Point& corner : field.number) corner = moved(corner);
    for (Point& corner : field.line) corner = moved(corner);
  }
}

}  // namespace

Photograph copied(const Photograph& first, const Effects& effects, Chance& chance) {
  SCR_CHECK(effects.again.has_value());
  const Again& again = *effects.again;
  const Rgb saved = saved_and_opened(first.picture, effects.quality);
  const double w = saved.width, h = saved.height;
  const double angle = again.turn * std::numbers::pi / 180;
  const double c = std::cos(angle) * again.scale, s = std::sin(angle) * again.scale;
  const double width = std::abs(w * c) + std::abs(h * s),
               height = std::abs(w * s) + std::abs(h * c);
  const auto moved = [&](Point p) {
    const double x = p.x - w / 2, y = p.y - h / 2;
    return Point{x * c - y * s + width / 2, x * s + y * c + height / 2};
  };
  const Quad from{Point{0, 0}, {w, 0}, {w, h}, {0, h}};
  Quad to;
  for (std::size_t i = 0; i < 4; ++i) to[i] = moved(from[i]);
  Photograph out = first;
  out.picture = warped(saved, Homography::between(to, from), static_cast<int>(width),
                       static_cast<int>(height));
  if (again.blur > 0.05) soften(out.picture, again.blur);
  grain(out.picture, again.noise, chance);
  move_truth(out, moved);
  return out;
}

Photograph beside(const Photograph& left, Photograph& right) {
  Photograph out = left;
  const int gap = left.picture.width / 20;
  const double aside = left.picture.width + gap;
  out.picture = ground(left.picture.width + gap + right.picture.width,
                       std::max(left.picture.height, right.picture.height));
  const auto put = [&](const Rgb& picture, int at) {
    for (int y = 0; y < picture.height; ++y) {
      const auto row = static_cast<std::size_t>(y);
      const auto begin =
          picture.pixels.begin() +
          static_cast<std::ptrdiff_t>(row * static_cast<std::size_t>(picture.width) * 3);
      std::copy(
          begin, begin + picture.width * 3,
          out.picture.pixels.begin() +
              static_cast<std::ptrdiff_t>(3 * (row * static_cast<std::size_t>(out.picture.width) +
                                               static_cast<std::size_t>(at))));
    }
  };
  put(left.picture, 0);
  put(right.picture, left.picture.width + gap);
  move_truth(right, [&](Point p) { return Point{p.x + aside, p.y}; });
  right.picture = out.picture;
  return out;
}

}  // namespace scr::forge
