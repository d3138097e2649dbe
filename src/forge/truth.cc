// SPDX-License-Identifier: Apache-2.0
#include "forge/truth.h"

#include <array>
#include <cstdio>

namespace scr::forge {
namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}
std::string pair(const image::Point& point) {
  return "[" + number(point.x) + "," + number(point.y) + "]";
}
std::string quad(const image::Quad& corners) {
  return "[" + pair(corners[0]) + "," + pair(corners[1]) + "," + pair(corners[2]) + "," +
         pair(corners[3]) + "]";
}

}  // namespace

std::string truth_json(std::string_view name, Damage damage, std::uint64_t seed, const Print& print,
                       const SheetPlan& plan, const Effects& effects, const Photograph& photo,
                       bool held_out) {
  constexpr std::array<const char*, 4> kLevelNames{"L", "M", "Q", "H"};
  std::string out = "{\"name\":" + quoted(name) + ",\"cls\":" + quoted(name_of(damage)) +
                    ",\"seed\":" + std::to_string(seed) +
                    ",\"held_out\":" + (held_out ? "true" : "false") +
                    ",\"forgery\":" + quoted(name_of(plan.forgery)) +
                    ",\"w\":" + std::to_string(photo.picture.width) +
                    ",\"h\":" + std::to_string(photo.picture.height);
  out += ",\"payload\":" + quoted(print.payload) +
         ",\"ec\":" + quoted(kLevelNames[static_cast<std::size_t>(print.level)]) +
         ",\"n\":" + std::to_string(print.code.size) +
         ",\"mpx\":" + number(effects.module * (effects.again ? effects.again->scale : 1));
  if (print.code.size > 0) out += ",\"corners\":" + quad(photo.code_corners);
  out += ",\"effects\":{\"darkness\":" + number(effects.darkness) +
         ",\"defocus\":" + number(effects.defocus) + ",\"motion\":" + number(effects.motion) +
         ",\"creases\":" + std::to_string(effects.creases.size()) +
         ",\"dead_columns\":" + std::to_string(effects.dead_columns) +
         ",\"noise\":" + number(effects.noise) + ",\"quality\":" + std::to_string(effects.quality) +
         ",\"turn\":" + number(effects.turn) +
         ",\"quarter_turns\":" + std::to_string(effects.quarter_turns);
  if (effects.again) {
    const Again& again = *effects.again;
    out += ",\"again\":{\"scale\":" + number(again.scale) + ",\"turn\":" + number(again.turn) +
           ",\"blur\":" + number(again.blur) + ",\"noise\":" + number(again.noise) +
           ",\"quality\":" + std::to_string(again.quality) + "}";
  }
  out += "}";
  out += ",\"fields\":[";
  for (std::size_t i = 0; i < photo.fields.size(); ++i) {
    const Field& field = photo.fields[i];
    out += std::string(i > 0 ? "," : "") + "\n{\"kind\":" + quoted(field.kind) +
           (field.name.empty() ? "" : ",\"name\":" + quoted(field.name)) +
           ",\"text\":" + quoted(field.text) + ",\"quad\":" + quad(field.number) +
           ",\"lquad\":" + quad(field.line) + "}";
  }
  out += "],\n\"centres\":[";
  for (std::size_t i = 0; i < photo.centres.size(); ++i)
    out += (i > 0 ? "," : "") + pair(photo.centres[i]);
  return out + "]}\n";
}

}  // namespace scr::forge
