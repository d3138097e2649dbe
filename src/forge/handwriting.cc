// SPDX-License-Identifier: Apache-2.0
#include "forge/handwriting.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "base/check.h"

namespace scr::forge {
namespace {

using image::Point;
using Line = std::vector<Point>;

// Part of an ellipse; angles in turns, clockwise from the right.
void arc(Line& line, Point centre, double wide, double high, double from, double to) {
  constexpr int kSteps = 16;
  for (int i = 0; i <= kSteps; ++i) {
    const double angle = (from + (to - from) * i / kSteps) * 2 * std::numbers::pi;
    line.push_back({centre.x + wide * std::cos(angle), centre.y + high * std::sin(angle)});
  }
}

// The way of the pen in a square of side 1.
std::vector<Line> way_of(char digit, bool crossed_seven, bool open_four, bool hooked_one) {
  std::vector<Line> lines(1);
  Line& line = lines[0];
  switch (digit) {
    case '0':
      arc(line, {0.5, 0.5}, 0.32, 0.48, -0.22, 0.82);
      break;
    case '1':
      if (hooked_one) line.push_back({0.34, 0.24});
      line.push_back({0.54, 0.02});
      line.push_back({0.5, 0.98});
      break;
    case '2':
      arc(line, {0.5, 0.28}, 0.3, 0.27, -0.48, 0.12);
      line.push_back({0.2, 0.96});
      line.push_back({0.84, 0.94});
      break;
    case '3':
      arc(line, {0.48, 0.26}, 0.27, 0.24, -0.42, 0.22);
      arc(line, {0.47, 0.72}, 0.32, 0.26, -0.24, 0.42);
      break;
    case '4':
      if (open_four) {
        line = {{0.3, 0.04}, {0.24, 0.56}, {0.84, 0.54}};
        lines.push_back({{0.66, 0.1}, {0.64, 0.98}});
      } else {
        line = {{0.62, 0.98}, {0.64, 0.03}, {0.16, 0.66}, {0.88, 0.64}};
      }
      break;
    case '5':
      line = {{0.8, 0.04}, {0.32, 0.06}, {0.28, 0.45}};
      arc(line, {0.48, 0.68}, 0.32, 0.28, -0.35, 0.42);
      break;
    case '6':
      line = {{0.72, 0.03}, {0.38, 0.3}};
      arc(line, {0.5, 0.7}, 0.29, 0.27, 0.5, -0.52);
      break;
    case '7':
      line = {{0.16, 0.06}, {0.82, 0.05}, {0.42, 0.98}};
      if (crossed_seven) lines.push_back({{0.34, 0.5}, {0.8, 0.48}});
      break;
    case '8':
      arc(line, {0.5, 0.26}, 0.25, 0.23, 0.22, -0.75);
      arc(line, {0.5, 0.74}, 0.3, 0.24, -0.25, 0.77);
      break;
    default:  // '9'
      arc(line, {0.48, 0.3}, 0.28, 0.27, 0, -1);
      line.push_back({0.76, 0.34});
      line.push_back({0.64, 0.98});
      break;
  }
  return lines;
}

// More points, so that what bends the line bends it smoothly.
Line dense(const Line& line) {
  Line out;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double length = std::hypot(line[i + 1].x - line[i].x, line[i + 1].y - line[i].y);
    const int parts = std::max(1, static_cast<int>(length / 0.06));
    for (int k = 0; k < parts; ++k) {
      const double t = static_cast<double>(k) / parts;
      out.push_back({line[i].x + (line[i + 1].x - line[i].x) * t,
                     line[i].y + (line[i + 1].y - line[i].y) * t});
    }
  }
  out.push_back(line.back());
  return out;
}

}  // namespace

Hand::Hand(Chance& chance)
    : slant_(chance.between(-0.1, 0.4)),
      size_(chance.between(0.6, 0.9)),
      wobble_(chance.between(0.02, 0.06)),
      pen_(chance.between(3, 6)),
      crossed_seven_(chance.happens(0.5)),
      open_four_(chance.happens(0.5)),
      hooked_one_(chance.happens(0.7)),
      red_(25),
      green_(30),
      blue_(40) {
  if (chance.happens(0.6)) {
    green_ = 45;
    blue_ = 150;
  }
}

std::vector<Stroke> Hand::digit(char digit, Point top_left, double width, double height,
                                Chance& chance) const {
  SCR_CHECK(digit >= '0' && digit <= '9');
  const double high = height * size_ * chance.between(0.9, 1.1);
  const double wide = std::min(width * 0.95, high * chance.between(0.5, 0.75));
  const Point middle{top_left.x + width * chance.between(0.42, 0.58),
                     top_left.y + height * chance.between(0.44, 0.56)};
  const double turn = chance.between(-0.08, 0.08);
  const double phase = chance.between(0, 6.28);
  const double wave = chance.between(3, 8);
  std::vector<Stroke> strokes;
  for (const Line& line : way_of(digit, crossed_seven_, open_four_, hooked_one_)) {
    Stroke stroke{{}, pen_ * chance.between(0.9, 1.1), red_, green_, blue_};
    for (const Point& p : dense(line)) {
      const double bend = wobble_ * std::sin(wave * (p.x + p.y) + phase);
      const double x = (p.x - 0.5 + bend) * wide;
      const double y = (p.y - 0.5 + 0.7 * bend) * high;
      const double leaning = x - slant_ * y;
      stroke.points.push_back({middle.x + leaning * std::cos(turn) - y * std::sin(turn),
                               middle.y + leaning * std::sin(turn) + y * std::cos(turn)});
    }
    strokes.push_back(std::move(stroke));
  }
  return strokes;
}

std::string in_spanish(std::uint64_t number) {
  SCR_CHECK(number < 1'000'000);
  constexpr std::array<const char*, 30> kSmall{
      "CERO",         "UNO",         "DOS",        "TRES",        "CUATRO",     "CINCO",
      "SEIS",         "SIETE",       "OCHO",       "NUEVE",       "DIEZ",       "ONCE",
      "DOCE",         "TRECE",       "CATORCE",    "QUINCE",      "DIECISEIS",  "DIECISIETE",
      "DIECIOCHO",    "DIECINUEVE",  "VEINTE",     "VEINTIUNO",   "VEINTIDOS",  "VEINTITRES",
      "VEINTICUATRO", "VEINTICINCO", "VEINTISEIS", "VEINTISIETE", "VEINTIOCHO", "VEINTINUEVE"};
  constexpr std::array<const char*, 10> kTens{
      "", "", "", "TREINTA", "CUARENTA", "CINCUENTA", "SESENTA", "SETENTA", "OCHENTA", "NOVENTA"};
  constexpr std::array<const char*, 10> kHundreds{
      "",           "CIENTO",      "DOSCIENTOS",  "TRESCIENTOS", "CUATROCIENTOS",
      "QUINIENTOS", "SEISCIENTOS", "SETECIENTOS", "OCHOCIENTOS", "NOVECIENTOS"};
  if (number >= 1000) {
    const std::uint64_t thousands = number / 1000;
    const std::string head = thousands == 1 ? "MIL" : in_spanish(thousands) + " MIL";
    return number % 1000 == 0 ? head : head + " " + in_spanish(number % 1000);
  }
  if (number == 100) return "CIEN";
  if (number > 100) {
    const std::string head = kHundreds[number / 100];
    return number % 100 == 0 ? head : head + " " + in_spanish(number % 100);
  }
  if (number < 30) return kSmall[number];
  const std::string head = kTens[number / 10];
  return number % 10 == 0 ? head : head + " Y " + kSmall[number % 10];
}

}  // namespace scr::forge
