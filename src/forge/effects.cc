// SPDX-License-Identifier: Apache-2.0
//
// The classes: which effects, how strong (docs/sheetforge.md has the table).
#include <array>
#include <cmath>
#include <numbers>

#include "forge/damage.h"

namespace scr::forge {
namespace {

using image::Point;

// A pen's wave from one point to another.
Stroke stroke(Point from, Point to, double wave, Chance& chance) {
  Stroke pen;
  pen.width = chance.between(2.5, 5);
  const double ink = chance.share();
  if (ink < 0.5) {
    pen.red = 30;
    pen.green = 50;
    pen.blue = 150;
  } else if (ink < 0.75) {
    pen.red = 25;
    pen.green = 25;
    pen.blue = 30;
  } else {
    pen.red = 170;
    pen.green = 30;
    pen.blue = 40;
  }
  const double turns = chance.between(0.5, 2.5);
  const double phase = chance.between(0, 6.28);
  for (int i = 0; i <= 60; ++i) {
    const double t = i / 60.0;
    const double angle = t * turns * 2 * std::numbers::pi + phase;
    pen.points.push_back({from.x + (to.x - from.x) * t + wave * 0.6 * std::cos(angle),
                          from.y + (to.y - from.y) * t + wave * std::sin(angle)});
  }
  return pen;
}

Stroke ring(Point centre, double radius, Chance& chance) {
  Stroke stamp;
  stamp.width = chance.between(3, 6);
  stamp.red = 60;
  stamp.green = 50;
  stamp.blue = 150;
  for (int i = 0; i <= 80; ++i) {
    const double angle = i / 80.0 * 2 * std::numbers::pi;
    stamp.points.push_back(
        {centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
  }
  return stamp;
}

class Choice {
 public:
  Choice(const Print& print, Chance& chance) : print_(print), chance_(chance) {
    const auto& corners = print.code_corners;
    centre_ = {(corners[0].x + corners[2].x) / 2, (corners[0].y + corners[2].y) / 2};
    half_ = (corners[2].x - corners[0].x) / 2;
    if (print.code.size == 0) {
      centre_ = {print.dots.width / 2.0, print.dots.height * 0.85};
      half_ = 100;
    }
    signatures();
  }

  Effects effects;

  double between(double low, double high) { return chance_.between(low, high); }
  int whole(int low, int high) { return chance_.whole(low, high); }
  bool happens(double p) { return chance_.happens(p); }

  void creases(int count, double over_code, double loss, double width_low, double width_high,
               double shift) {
    for (int i = 0; i < count; ++i) {
      Crease crease;
      const bool here = i == 0 ? happens(over_code) : happens(0.3);
      const double about =
          here ? centre_.y + between(-0.8, 0.8) * half_ : between(0.1, 0.95) * print_.dots.height;
      crease.slope = between(-0.25, 0.25);
      crease.at = about - crease.slope * centre_.x;
      crease.width = between(width_low, width_high);
      crease.shade = between(0.1, 0.35) * (happens(0.5) ? 1 : -1);
      crease.loss = loss * between(0.6, 1);
      crease.shift = between(-shift, shift);
      effects.creases.push_back(crease);
    }
  }
  void pen_over_code(int count) {
    for (int i = 0; i < count; ++i) {
      const Point from = {centre_.x + between(-1.3, -0.3) * half_,
                          centre_.y + between(-0.9, 0.9) * half_};
      const Point to = {centre_.x + between(0.3, 1.3) * half_,
                        centre_.y + between(-0.9, 0.9) * half_};
      effects.strokes.push_back(stroke(from, to, between(0.05, 0.4) * half_, chance_));
    }
  }
  void stamp(double probability) {
    if (!happens(probability)) return;
    const Point at = {centre_.x + between(-1, 1) * half_, centre_.y + between(-1, 1) * half_};
    const double radius = between(0.5, 0.9) * half_;
    effects.strokes.push_back(ring(at, radius, chance_));
    effects.strokes.push_back(ring(at, radius * 0.85, chance_));
  }
  void as_photo(double perspective) {
    effects.desk = true;
    effects.quarter_turns = whole(0, 3);
    effects.turn = between(-9, 9);
    effects.perspective = perspective;
    effects.curl = between(0, 10);
    effects.gradient = between(0.05, 0.4);
    effects.shadow = happens(0.5) ? between(0.15, 0.45) : 0;
  }

 private:
  void signatures() {
    for (int i = 0; i < 6; ++i) {
      if (!happens(0.7)) continue;
      const double y = centre_.y - half_ - 60 - i * 110.0;
      if (y < print_.dots.height * 0.5) break;
      const double x = between(300, 420);
      effects.strokes.push_back(
          stroke({x, y}, {x + between(60, 150), y + between(-10, 10)}, between(5, 22), chance_));
    }
  }
  const Print& print_;
  Chance& chance_;
  Point centre_;
  double half_ = 0;
};

}  // namespace

const char* name_of(Damage damage) {
  constexpr std::array<const char*, 10> kNames{"A-scan",   "B-faded", "C-photo", "D-lowres",
                                               "E-damage", "F-blur",  "G-wreck", "H-fold",
                                               "I-small",  "J-copied"};
  return kNames[static_cast<std::size_t>(damage)];
}

std::optional<Damage> damage_of_letter(char letter) {
  if (letter < kFirstClass || letter > kLastClass) return std::nullopt;
  return static_cast<Damage>(letter - 'A');
}

Effects effects_of(Damage damage, const Print& print, Chance& chance) {
  Choice c(print, chance);
  Effects& e = c.effects;
  switch (damage) {
    case Damage::scan:
      e.module = c.between(5.6, 8.4);
      e.turn = c.between(-1, 1);
      e.noise = c.between(0.5, 2.5);
      e.quality = c.whole(60, 85);
      e.dead_columns = c.whole(0, 1);
      e.darkness = c.between(0.7, 0.9);
      break;
    case Damage::faded:
      e.module = c.between(5.5, 8.9);
      e.turn = c.between(-1.5, 1.5);
      e.darkness = c.between(0.16, 0.45);
      e.mottle = c.between(0.1, 0.35);
      e.dead_columns = c.whole(1, 5);
      e.yellow = c.between(0.05, 0.25);
      e.noise = c.between(1, 3);
      e.quality = c.whole(45, 80);
      break;
    case Damage::photo:
      e.module = c.between(5, 8);
      c.as_photo(c.between(0.03, 0.1));
      e.defocus = c.between(0, 0.35);
      e.noise = c.between(1, 4);
      e.quality = c.whole(45, 80);
      break;
    case Damage::lowres:
      e.module = c.between(2.1, 4);
      e.turn = c.between(-2, 2);
      e.desk = c.happens(0.4);
      e.gradient = c.between(0, 0.2);
      e.noise = c.between(0.5, 2);
      e.quality = c.whole(30, 65);
      break;
    case Damage::damage:
      e.module = c.between(5, 8.3);
      e.turn = c.between(-2, 2);
      c.creases(c.whole(1, 4), 0.9, 0.8, 3, 9, 4);
      e.stains = c.whole(0, 3);
      c.pen_over_code(c.whole(0, 2));
      c.stamp(0.5);
      e.dead_columns = c.whole(0, 3);
      e.mottle = c.between(0, 0.2);
      e.noise = c.between(1, 3);
      e.quality = c.whole(50, 85);
      break;
    case Damage::blur:
      e.module = c.between(4.5, 7.9);
      e.turn = c.between(-4, 4);
      e.perspective = c.between(0, 0.03);
      if (c.happens(0.5)) {
        e.defocus = c.between(0.4, 1);
      } else {
        e.motion = c.between(0.6, 1.8);
        e.motion_angle = c.between(0, 3.14);
      }
      e.noise = c.between(3, 10);
      e.exposure = c.between(0.6, 1.25);
      e.glare = c.happens(0.3) ? c.between(0.2, 0.6) : 0;
      e.quality = c.whole(45, 80);
      break;
    case Damage::wreck:
      e.module = c.between(3, 6);
      c.as_photo(c.between(0.02, 0.08));
      e.darkness = c.between(0.35, 0.8);
      e.mottle = c.between(0, 0.25);
      e.dead_columns = c.whole(0, 3);
      c.creases(c.whole(1, 2), 0.7, 0.5, 3, 7, 3);
      c.pen_over_code(c.whole(0, 1));
      c.stamp(0.4);
      e.stains = c.whole(0, 2);
      e.defocus = c.between(0, 0.6);
      e.motion = c.happens(0.3) ? c.between(0.3, 1) : 0;
      e.motion_angle = c.between(0, 3.14);
      e.noise = c.between(2, 8);
      e.crop = 0.02;
      e.quality = c.whole(35, 70);
      e.first_quality = c.whole(40, 80);
      break;
    case Damage::fold:
      e.module = c.between(5.1, 8.5);
      e.turn = c.between(-2, 2);
      c.creases(c.whole(1, 2), 0.8, 0.5, 2, 6, 4);
      e.stains = c.whole(0, 2);
      if (c.happens(0.3)) c.pen_over_code(1);
      c.stamp(0.3);
      e.noise = c.between(1, 3);
      e.quality = c.whole(50, 85);
      break;
    case Damage::small:
    case Damage::copied:
      e.module = c.between(1.65, 1.75);
      e.turn = c.between(-0.8, 0.8);
      e.gradient = c.between(0, 0.1);
      e.noise = c.between(0.5, 2);
      e.quality = c.whole(70, 90);
      if (damage == Damage::small) break;
      e.again = Again{c.between(0.75, 1.6), c.between(-10, 10), c.between(0, 0.8), c.between(1, 6),
                      c.whole(40, 85)};
      break;
  }
  return e;
}

}  // namespace scr::forge
