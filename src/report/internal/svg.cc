// SPDX-License-Identifier: Apache-2.0
#include "report/internal/svg.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "report/internal/html.h"

namespace scr::report::internal {
namespace {

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string share(double value) {
  return coordinate(value) + "%";
}

std::string titled(std::string_view title) {
  return title.empty() ? std::string() : text_element("title", "", title);
}

std::string_view name_of(Anchor anchor) {
  switch (anchor) {
    case Anchor::start:
      return "start";
    case Anchor::middle:
      return "middle";
    case Anchor::end:
      return "end";
  }
  return "start";
}

std::string_view path_of(Mark mark) {
  switch (mark) {
    case Mark::circle:
      return "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z";
    case Mark::diamond:
      return "M0 -7L7 0L0 7L-7 0Z";
    case Mark::cross:
      return "M-5 -5L5 5M-5 5L5 -5";
  }
  return "";
}

}  // namespace

std::string coordinate(double value) {
  const auto hundredths = static_cast<std::int64_t>(std::llround(value * 100));
  std::string text = hundredths < 0 ? "-" : "";
  const std::int64_t size = hundredths < 0 ? -hundredths : hundredths;
  text += std::to_string(size / 100);
  if (size % 100 == 0) return text;
  text += '.';
  text += static_cast<char>('0' + size % 100 / 10);
  if (size % 10 != 0) text += static_cast<char>('0' + size % 10);
  return text;
}

double round_step(double most, int steps) {
  if (!(most > 0)) return 1;
  double step = 1;
  while (step * 10 * steps < most) step *= 10;
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    if (step * factor * steps >= most) return step * factor;
  }
  return step * 10;
}

Svg::Svg(std::string_view id, std::string_view title, int height)
    : head_("<svg role=\"img\"" + attribute("id", id) +
            attribute("aria-labelledby", std::string(id) + "-title") + attribute("width", "100%") +
            attribute("height", std::to_string(height)) + "><title" +
            attribute("id", std::string(id) + "-title") + ">" + escaped(title) + "</title>"),
      height_(height) {}

void Svg::bar(double x, double y, double width, double height, std::string_view style,
              std::string_view title) {
  body_ += "<rect" + attribute("class", style) + attribute("x", share(x)) +
           attribute("y", coordinate(y)) + attribute("width", share(width)) +
           attribute("height", coordinate(height)) + ">" + titled(title) + "</rect>";
}

void Svg::line(Point from, Point to, std::string_view style) {
  body_ += "<line" + attribute("class", style) + attribute("x1", share(from.x)) +
           attribute("y1", coordinate(from.y)) + attribute("x2", share(to.x)) +
           attribute("y2", coordinate(to.y)) + "/>";
}

void Svg::text(Point at, Anchor anchor, std::string_view style, std::string_view text, int shift) {
  body_ += "<text" + attribute("class", style) + attribute("x", share(at.x)) +
           attribute("y", coordinate(at.y)) + attribute("text-anchor", name_of(anchor));
  if (shift != 0) body_ += attribute("dx", std::to_string(shift));
  body_ += ">" + escaped(text) + "</text>";
}

void Svg::mark(Point at, Mark mark, std::string_view style, std::string_view title) {
  body_ += "<svg class=\"at\"" + attribute("x", share(at.x)) + attribute("y", coordinate(at.y)) +
           "><path" + attribute("class", style) + attribute("d", path_of(mark)) + ">" +
           titled(title) + "</path></svg>";
}

void Svg::curve(std::span<const Point> points, std::string_view style, std::string_view title) {
  std::string list;
  for (const Point& point : points) {
    if (!list.empty()) list += ' ';
    list += coordinate(point.x * 10) + "," + coordinate(point.y);
  }
  body_ += "<svg class=\"at\" width=\"100%\"" + attribute("height", std::to_string(height_)) +
           attribute("viewBox", "0 0 1000 " + std::to_string(height_)) +
           " preserveAspectRatio=\"none\"><polyline" + attribute("class", style) +
           attribute("points", list) + ">" + titled(title) + "</polyline></svg>";
}

std::string Svg::done() const {
  return head_ + body_ + "</svg>";
}

}  // namespace scr::report::internal
