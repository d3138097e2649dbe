// SPDX-License-Identifier: Apache-2.0
#include "forge/ladder.h"

#include <array>
#include <cmath>
#include <utility>

namespace scr::forge {
namespace {

using Member = double Effects::*;

constexpr std::array<std::pair<std::string_view, Member>, 12> kMembers{{
    {"module", &Effects::module},
    {"defocus", &Effects::defocus},
    {"motion", &Effects::motion},
    {"darkness", &Effects::darkness},
    {"noise", &Effects::noise},
    {"perspective", &Effects::perspective},
    {"curl", &Effects::curl},
    {"turn", &Effects::turn},
    {"exposure", &Effects::exposure},
    {"gradient", &Effects::gradient},
    {"shadow", &Effects::shadow},
    {"glare", &Effects::glare},
}};

// Lossy, somewhere across the code, as in class E.
void crease(Effects& effects, double width, const Print& print, Chance& chance) {
  const auto& corners = print.code_corners;
  Crease one;
  one.slope = chance.between(-0.25, 0.25);
  const double x = (corners[0].x + corners[1].x) / 2;
  one.at = chance.between(corners[0].y, corners[3].y) - one.slope * x;
  one.width = width;
  one.loss = 0.8;
  effects.creases.push_back(one);
}

// Straight black pen strokes across the code, as many as cover that share of it.
void ink(Effects& effects, double share, const Print& print, Chance& chance) {
  constexpr double kPen = 5;
  const auto& corners = print.code_corners;
  const double side = corners[1].x - corners[0].x;
  for (double left = share * side / kPen; left > 0; left -= 1) {
    Stroke stroke;
    stroke.width = kPen * std::min(1.0, left);
    const double y = chance.between(corners[0].y, corners[3].y);
    const double rise = chance.between(-0.1, 0.1) * side;
    stroke.points = {{corners[0].x, y}, {corners[1].x, y + rise}};
    stroke.red = stroke.green = stroke.blue = 25;
    effects.strokes.push_back(stroke);
  }
}

}  // namespace

bool set_effect(Effects& effects, std::string_view name, double value, const Print& print,
                Chance& chance) {
  for (const auto& [known, member] : kMembers) {
    if (known != name) continue;
    effects.*member = value;
    return true;
  }
  if (name == "quality") {
    effects.quality = static_cast<int>(std::lround(value));
  } else if (name == "dead-columns") {
    effects.dead_columns = static_cast<int>(std::lround(value));
  } else if (name == "crease") {
    crease(effects, value, print, chance);
  } else if (name == "ink") {
    ink(effects, value, print, chance);
  } else {
    return false;
  }
  return true;
}

std::string known_effects() {
  std::string names;
  for (const auto& [name, member] : kMembers) names += std::string(name) + ", ";
  return names + "quality, dead-columns, crease, ink";
}

}  // namespace scr::forge
