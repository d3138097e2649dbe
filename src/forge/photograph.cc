// SPDX-License-Identifier: Apache-2.0
//
// The picture is walked over pixel by pixel, asking where on the paper each comes from; the places
// of the truth go the other way, through the same maps.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "forge/damage.h"

namespace scr::forge {
namespace {

using image::Homography;
using image::Point;
using image::Quad;
using image::Rgb;

std::uint8_t to_byte(double value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0) + 0.5);
}

// Noise that varies slowly: values at the corners of cells, linear between.
class Cloud {
 public:
  Cloud(double width, double height, double cell, Chance& chance)
      : cell_(cell), columns_(static_cast<int>(width / cell) + 2) {
    const int rows = static_cast<int>(height / cell) + 2;
    for (int i = 0; i < columns_ * rows; ++i) values_.push_back(static_cast<float>(chance.share()));
    rows_ = rows;
  }
  // 0 .. 1
  double at(double x, double y) const {
    const double u = std::clamp(x / cell_, 0.0, columns_ - 1.001);
    const double v = std::clamp(y / cell_, 0.0, rows_ - 1.001);
    const int i = static_cast<int>(u);
    const int j = static_cast<int>(v);
    const double fu = u - i;
    const double fv = v - j;
    const auto value = [&](int column, int row) {
      return static_cast<double>(values_[static_cast<std::size_t>(row * columns_ + column)]);
    };
    return (value(i, j) * (1 - fu) + value(i + 1, j) * fu) * (1 - fv) +
           (value(i, j + 1) * (1 - fu) + value(i + 1, j + 1) * fu) * fv;
  }

 private:
  double cell_;
  int columns_;
  int rows_ = 0;
  std::vector<float> values_;
};

double side_of(const Crease& crease, double x, double y) {
  return y - crease.at - crease.slope * x;
}

// Ink lies on top of print: the darker of the two in each colour.
void draw(const Stroke& stroke, Rgb& paper) {
  const int width = paper.width;
  const int height = paper.height;
  for (std::size_t i = 0; i + 1 < stroke.points.size(); ++i) {
    const Point a = stroke.points[i];
    const Point b = stroke.points[i + 1];
    const double reach = stroke.width / 2 + 1;
    for (int y = static_cast<int>(std::min(a.y, b.y) - reach); y <= std::max(a.y, b.y) + reach;
         ++y) {
      for (int x = static_cast<int>(std::min(a.x, b.x) - reach); x <= std::max(a.x, b.x) + reach;
           ++x) {
        if (x < 0 || y < 0 || x >= width || y >= height) continue;
        const double length = std::max(1e-6, (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
        const double t =
            std::clamp(((x - a.x) * (b.x - a.x) + (y - a.y) * (b.y - a.y)) / length, 0.0, 1.0);
        const double d = std::hypot(x - a.x - t * (b.x - a.x), y - a.y - t * (b.y - a.y));
        if (d > stroke.width / 2) continue;
        std::uint8_t* out =
            &paper.pixels[3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                               static_cast<std::size_t>(x))];
        out[0] = std::min(out[0], stroke.red);
        out[1] = std::min(out[1], stroke.green);
        out[2] = std::min(out[2], stroke.blue);
      }
    }
  }
}

// The paper with its ink, in dots.
Rgb paper_of(const Print& print, const Effects& e, Chance& chance) {
  const int width = print.dots.width;
  const int height = print.dots.height;
  Rgb paper{
      width, height,
      image::Pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3, 0)};
  const Cloud mottle(width, height, 18, chance);
  const Cloud loss(width, height, 3, chance);
  const Cloud fibre(width, height, 40, chance);
  std::vector<bool> dead(static_cast<std::size_t>(width), false);
  for (int i = 0; i < e.dead_columns; ++i) {
    // Half of them where it hurts: across the code.
    const auto& corners = print.code_corners;
    const double at = chance.happens(0.5) && print.code.size > 0
                          ? chance.between(corners[0].x, corners[1].x)
                          : chance.between(0, width);
    dead[static_cast<std::size_t>(std::clamp(static_cast<int>(at), 0, width - 1))] = true;
  }
  struct Stain {
    double x, y, radius, depth;
  };
  std::vector<Stain> stains;
  for (int i = 0; i < e.stains; ++i) {
    stains.push_back({chance.between(0, width), chance.between(0.3, 1) * height,
                      chance.between(30, 120), chance.between(0.05, 0.25)});
  }
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      double white = e.paper * (0.97 + 0.06 * fibre.at(x, y));
      double ink = print.dots.at(x, y) == 0 && !dead[static_cast<std::size_t>(x)] ? e.darkness : 0;
      if (ink > 0 && e.mottle > 0) ink *= 1 - e.mottle * 2 * std::max(0.0, mottle.at(x, y) - 0.35);
      for (const Crease& crease : e.creases) {
        const double s = side_of(crease, x, y) / crease.width;
        if (std::abs(s) > 3) continue;
        const double near = std::exp(-s * s);
        white *= 1 - crease.shade * near;
        if (ink > 0 && loss.at(x, y) < crease.loss * near * 1.3) ink *= 0.15;
      }
      for (const Stain& stain : stains) {
        const double d = std::hypot(x - stain.x, y - stain.y) / stain.radius;
        if (d < 1) white *= 1 - stain.depth * (d > 0.85 ? 1 : 0.6);
      }
      const double value = white * (1 - ink);
      std::uint8_t* out =
          &paper.pixels[3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                             static_cast<std::size_t>(x))];
      out[0] = to_byte(255 * value);
      out[1] = to_byte(255 * value * (1 - 0.06 * e.yellow));
      out[2] = to_byte(255 * value * (1 - 0.6 * e.yellow));
    }
  }
  for (const Stroke& stroke : print.ink) draw(stroke, paper);
  for (const Stroke& stroke : e.strokes) draw(stroke, paper);
  return paper;
}

// Paper -> picture.
class Geometry {
 public:
  Geometry(const Print& print, const Effects& e, Chance& chance) : e_(e) {
    scale_ = e.module / kDotsPerModule;
    width_ = print.dots.width;
    height_ = print.dots.height;
    const double margin = e.desk ? 0.08 : 0.02;
    const double w = width_ * scale_;
    const double h = height_ * scale_;
    Quad quad{Point{0, 0}, {w, 0}, {w, h}, {0, h}};
    for (Point& corner : quad) {
      corner.x += chance.between(-1, 1) * e.perspective * w;
      corner.y += chance.between(-1, 1) * e.perspective * w;
    }
    const double angle = e.turn * std::numbers::pi / 180 + e.quarter_turns * std::numbers::pi / 2;
    for (Point& corner : quad) {
      const Point p = corner;
      corner = {p.x * std::cos(angle) - p.y * std::sin(angle),
                p.x * std::sin(angle) + p.y * std::cos(angle)};
    }
    double left = 1e9, top = 1e9, right = -1e9, foot = -1e9;
    for (const Point& corner : quad) {
      left = std::min(left, corner.x);
      right = std::max(right, corner.x);
      top = std::min(top, corner.y);
      foot = std::max(foot, corner.y);
    }
    const double border = margin * w;
    const double cut = e.crop * w * chance.share();
    for (Point& corner : quad) {
      corner.x += border - left - cut;
      corner.y += border - top - cut;
    }
    columns = std::max(32, static_cast<int>(right - left + 2 * border - 2 * cut));
    rows = std::max(32, static_cast<int>(foot - top + 2 * border - 2 * cut));
    map_ = Homography::between(
        {Point{0, 0}, {double(width_), 0}, {double(width_), double(height_)}, {0, double(height_)}},
        quad);
    back_ = map_.inverse();
    phase_ = chance.between(0, 6.28);
  }

  Point to_picture(Point paper) const {
    const Point shift = shift_at(paper);
    return map_(paper.x + shift.x, paper.y + shift.y);
  }
  Point to_paper(double x, double y) const {
    const Point bent = back_(x, y);
    Point paper = bent;
    for (int i = 0; i < 4; ++i) {
      const Point shift = shift_at(paper);
      paper = {bent.x - shift.x, bent.y - shift.y};
    }
    return paper;
  }
  double scale() const { return scale_; }

  int columns = 0;
  int rows = 0;

 private:
  Point shift_at(Point p) const {
    Point shift;
    if (e_.curl > 0) {
      shift.x = e_.curl * std::sin(p.y / height_ * 2 * std::numbers::pi + phase_);
      shift.y = 0.4 * e_.curl * std::sin(p.x / width_ * std::numbers::pi + phase_);
    }
    for (const Crease& crease : e_.creases) {
      // One side of the crease lies a little off, over the width of the crease.
      const double s = side_of(crease, p.x, p.y) / std::max(4.0, crease.width);
      const double step = 1 / (1 + std::exp(-std::clamp(2 * s, -30.0, 30.0)));
      shift.x += crease.shift * step;
      shift.y += 0.5 * crease.shift * step;
    }
    return shift;
  }
  const Effects& e_;
  double scale_ = 1;
  int width_ = 0;
  int height_ = 0;
  double phase_ = 0;
  Homography map_;
  Homography back_;
};

constexpr int kRaster = 8;  // pixels between places where the slow things are worked out

struct Light {
  Light(const Geometry& geometry, const Effects& e, Chance& chance)
      : e_(e),
        width_(geometry.columns),
        height_(geometry.rows),
        angle_(chance.between(0, 6.28)),
        shadow_at_(chance.between(-0.3, 0.3)),
        shadow_angle_(chance.between(0, 6.28)),
        glare_{chance.between(0.2, 0.8) * geometry.columns,
               chance.between(0.2, 0.9) * geometry.rows} {}
  double at(double x, double y) const {
    const double u = x / width_ - 0.5;
    const double v = y / height_ - 0.5;
    double light = e_.exposure * (1 + e_.gradient * (u * std::cos(angle_) + v * std::sin(angle_)));
    if (e_.shadow > 0) {
      const double s =
          (u * std::cos(shadow_angle_) + v * std::sin(shadow_angle_) - shadow_at_) * 12;
      light *= 1 - e_.shadow / (1 + std::exp(-std::clamp(s, -30.0, 30.0)));
    }
    return light;
  }
  double glare(double x, double y) const {
    if (e_.glare == 0) return 0;
    const double d = std::hypot(x - glare_.x, y - glare_.y) / (0.25 * width_);
    return 255 * e_.glare * std::exp(-d * d);
  }

 private:
  const Effects& e_;
  double width_, height_, angle_, shadow_at_, shadow_angle_;
  Point glare_;
};

// Mean of the paper about a point, over `side` x `side` places `apart` dots apart.
void look(const Rgb& paper, Point at, int side, double apart, double* out) {
  const auto stride = static_cast<std::size_t>(paper.width) * 3;
  double sum[3] = {0, 0, 0};
  for (int j = 0; j < side; ++j) {
    for (int i = 0; i < side; ++i) {
      const double x =
          std::clamp(at.x + (i - (side - 1) / 2.0) * apart - 0.5, 0.0, paper.width - 1.001);
      const double y =
          std::clamp(at.y + (j - (side - 1) / 2.0) * apart - 0.5, 0.0, paper.height - 1.001);
      const auto column = static_cast<std::size_t>(x);
      const auto row = static_cast<std::size_t>(y);
      const double fx = x - static_cast<double>(column);
      const double fy = y - static_cast<double>(row);
      const std::uint8_t* p = paper.pixels.data() + row * stride + column * 3;
      for (std::size_t k = 0; k < 3; ++k) {
        sum[k] += (p[k] * (1 - fx) + p[k + 3] * fx) * (1 - fy) +
                  (p[stride + k] * (1 - fx) + p[stride + k + 3] * fx) * fy;
      }
    }
  }
  for (std::size_t k = 0; k < 3; ++k) out[k] = sum[k] / (side * side);
}

void defocus(Rgb& picture, double radius) {
  const int reach = static_cast<int>(radius);
  std::vector<int> half(static_cast<std::size_t>(2 * reach + 1));
  int area = 0;
  for (int j = -reach; j <= reach; ++j) {
    half[static_cast<std::size_t>(j + reach)] =
        static_cast<int>(std::sqrt(std::max(0.0, radius * radius - j * j)));
    area += 2 * half[static_cast<std::size_t>(j + reach)] + 1;
  }
  const int w = picture.width;
  const int h = picture.height;
  std::vector<int> sums(static_cast<std::size_t>(w + 1) * static_cast<std::size_t>(h));
  for (std::size_t channel = 0; channel < 3; ++channel) {
    for (int y = 0; y < h; ++y) {
      int* line = &sums[static_cast<std::size_t>(y) * static_cast<std::size_t>(w + 1)];
      const std::uint8_t* in =
          &picture.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(w) * 3 + channel];
      line[0] = 0;
      for (int x = 0; x < w; ++x) line[x + 1] = line[x] + in[static_cast<std::size_t>(x) * 3];
    }
    std::vector<int> total(static_cast<std::size_t>(w));
    for (int y = 0; y < h; ++y) {
      std::fill(total.begin(), total.end(), 0);
      for (int j = -reach; j <= reach; ++j) {
        const int* line = &sums[static_cast<std::size_t>(std::clamp(y + j, 0, h - 1)) *
                                static_cast<std::size_t>(w + 1)];
        const int wide = half[static_cast<std::size_t>(j + reach)];
        for (int x = wide; x < w - wide; ++x)
          total[static_cast<std::size_t>(x)] += line[x + wide + 1] - line[x - wide];
        for (int x = 0; x < std::min(wide, w); ++x)
          total[static_cast<std::size_t>(x)] += (line[std::min(w, x + wide + 1)] - line[0]) *
                                                (2 * wide + 1) / std::min(w, x + wide + 1);
        for (int x = std::max(wide, w - wide); x < w; ++x)
          total[static_cast<std::size_t>(x)] +=
              (line[w] - line[x - wide]) * (2 * wide + 1) / (w - x + wide);
      }
      std::uint8_t* out =
          &picture.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(w) * 3 + channel];
      for (int x = 0; x < w; ++x)
        out[static_cast<std::size_t>(x) * 3] = static_cast<std::uint8_t>(
            std::clamp(total[static_cast<std::size_t>(x)] / area, 0, 255));
    }
  }
}

void motion(Rgb& picture, double length, double angle) {
  const int steps = std::max(2, static_cast<int>(std::ceil(length)) + 1);
  const Rgb before = picture;
  const int w = picture.width;
  const int h = picture.height;
  std::vector<std::ptrdiff_t> offsets;
  std::vector<std::pair<int, int>> moves;
  for (int i = 0; i < steps; ++i) {
    const double t = (i / (steps - 1.0) - 0.5) * length;
    moves.emplace_back(static_cast<int>(std::lround(t * std::cos(angle))),
                       static_cast<int>(std::lround(t * std::sin(angle))));
  }
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      int sum[3] = {0, 0, 0};
      for (const auto& [dx, dy] : moves) {
        const auto at = 3 * (static_cast<std::size_t>(std::clamp(y + dy, 0, h - 1)) *
                                 static_cast<std::size_t>(w) +
                             static_cast<std::size_t>(std::clamp(x + dx, 0, w - 1)));
        for (std::size_t k = 0; k < 3; ++k) sum[k] += before.pixels[at + k];
      }
      const auto at = 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(w) +
                           static_cast<std::size_t>(x));
      for (std::size_t k = 0; k < 3; ++k)
        picture.pixels[at + k] = static_cast<std::uint8_t>(sum[k] / steps);
    }
  }
}

void noise(Rgb& picture, double strength, Chance& chance) {
  for (std::size_t i = 0; i + 2 < picture.pixels.size(); i += 3) {
    const std::uint64_t bits = chance.next();
    const auto byte = [&](int k) { return static_cast<int>(bits >> (8 * k) & 0xFFu); };
    // Four bytes have a standard deviation of 147.8.
    const double luma = (byte(0) + byte(1) + byte(2) + byte(3) - 510) * strength / 147.8;
    const double tint = (byte(4) - 127.5) * strength / 300;
    picture.pixels[i] = to_byte(picture.pixels[i] + luma + tint);
    picture.pixels[i + 1] = to_byte(picture.pixels[i + 1] + luma);
    picture.pixels[i + 2] = to_byte(picture.pixels[i + 2] + luma - tint);
  }
}

Quad through(const Geometry& geometry, const Quad& quad) {
  Quad out;
  for (std::size_t i = 0; i < 4; ++i) out[i] = geometry.to_picture(quad[i]);
  return out;
}

}  // namespace

Photograph photograph(const Print& print, const Effects& e, Chance& chance) {
  const Rgb paper = paper_of(print, e, chance);
  const Geometry geometry(print, e, chance);
  const Light light(geometry, e, chance);
  const int w = geometry.columns;
  const int h = geometry.rows;
  Photograph out;
  out.picture = {w, h,
                 image::Pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 3, 0)};
  const Cloud desk(w, h, 6 * e.module / 5, chance);
  const double desk_tone = chance.between(40, 120);

  // Small pictures: each pixel sees several dots.
  const int side = geometry.scale() >= 0.95 ? 1 : geometry.scale() > 0.5 ? 2 : 3;
  const double apart = 1 / geometry.scale() / side;
  const int across = w / kRaster + 2;
  std::vector<Point> source(static_cast<std::size_t>(across) * 2);
  std::vector<double> bright(static_cast<std::size_t>(across) * 2);
  std::vector<double> shine(static_cast<std::size_t>(across) * 2);
  for (int band = 0; band < h; band += kRaster) {
    for (int i = 0; i < across; ++i) {
      for (int k = 0; k < 2; ++k) {
        const double x = i * kRaster + 0.5;
        const double y = band + k * kRaster + 0.5;
        source[static_cast<std::size_t>(k * across + i)] = geometry.to_paper(x, y);
        bright[static_cast<std::size_t>(k * across + i)] = light.at(x, y);
        shine[static_cast<std::size_t>(k * across + i)] = light.glare(x, y);
      }
    }
    for (int y = band; y < std::min(h, band + kRaster); ++y) {
      const double fy = (y - band) / static_cast<double>(kRaster);
      for (int x = 0; x < w; ++x) {
        const auto i = static_cast<std::size_t>(x / kRaster);
        const auto j = i + static_cast<std::size_t>(across);
        const double fx = (x % kRaster) / static_cast<double>(kRaster);
        const auto mix = [&](double a, double b, double c, double d) {
          return (a * (1 - fx) + b * fx) * (1 - fy) + (c * (1 - fx) + d * fx) * fy;
        };
        const Point at = {mix(source[i].x, source[i + 1].x, source[j].x, source[j + 1].x),
                          mix(source[i].y, source[i + 1].y, source[j].y, source[j + 1].y)};
        double rgb[3];
        if (at.x < 0 || at.y < 0 || at.x > paper.width || at.y > paper.height) {
          const double tone = e.desk ? desk_tone + 60 * desk.at(x, y) : 235;
          rgb[0] = rgb[1] = rgb[2] = tone;
        } else {
          look(paper, at, side, apart, rgb);
        }
        const double b = mix(bright[i], bright[i + 1], bright[j], bright[j + 1]);
        const double g = mix(shine[i], shine[i + 1], shine[j], shine[j + 1]);
        std::uint8_t* pixel =
            &out.picture.pixels[3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(w) +
                                     static_cast<std::size_t>(x))];
        for (std::size_t k = 0; k < 3; ++k) pixel[k] = to_byte(rgb[k] * b + g);
      }
    }
  }
  const double module = e.module;
  if (e.defocus * module >= 1) defocus(out.picture, e.defocus * module);
  if (e.motion * module >= 1) motion(out.picture, e.motion * module, e.motion_angle);
  noise(out.picture, e.noise, chance);

  for (Field field : print.fields) {
    field.number = through(geometry, field.number);
    field.line = through(geometry, field.line);
    out.fields.push_back(std::move(field));
  }
  if (print.code.size > 0) {
    out.code_corners = through(geometry, print.code_corners);
    for (int row = 0; row < print.code.size; ++row) {
      for (int column = 0; column < print.code.size; ++column) {
        out.centres.push_back(
            geometry.to_picture({print.code_corners[0].x + (column + 0.5) * kDotsPerModule,
                                 print.code_corners[0].y + (row + 0.5) * kDotsPerModule}));
      }
    }
  }
  return out;
}

}  // namespace scr::forge
