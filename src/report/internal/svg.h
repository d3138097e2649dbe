// SPDX-License-Identifier: Apache-2.0
//
// A small plot as inline SVG that is as wide as the page, whatever that is: x runs from 0 to 100
// (per cent of the width), y in pixels from the top, and text keeps its size. So the same picture
// reads on a phone and on a screen, without a script.
//
//   Svg plot("plot-votes-es", "Votos por opción", 240);
//   plot.bar(0, 20, 62.5, 12, "leader", "EG: 7.173.152 votos");
//   plot.text(0, 14, Anchor::start, "label", "EG");
//   std::string html = plot.done();
//
// Class names are those of page_style.cc. Titles and texts are escaped here.

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace scr::report::internal {

enum class Anchor { start, middle, end };

struct Point {
  double x = 0;  // per cent of the width
  double y = 0;  // pixels
};

// Marks that differ in form, not only in colour.
enum class Mark { circle, diamond, cross };

class Svg {
 public:
  // `id`: unique in the page. `title`: what the plot shows, for those who do not see it.
  Svg(std::string_view id, std::string_view title, int height);

  void bar(double x, double y, double width, double height, std::string_view style,
           std::string_view title);
  void line(Point from, Point to, std::string_view style);
  // `shift`: pixels to the right.
  void text(Point at, Anchor anchor, std::string_view style, std::string_view text, int shift = 0);
  void mark(Point at, Mark mark, std::string_view style, std::string_view title);
  void curve(std::span<const Point> points, std::string_view style, std::string_view title);

  std::string done() const;

 private:
  std::string head_;
  std::string body_;
  int height_;
};

// Two digits after the point at most, the same on every machine.
std::string coordinate(double value);

// Round steps (1, 2 or 5 times a power of ten) that cut 0 .. `most` into at most `steps` parts.
double round_step(double most, int steps);

}  // namespace scr::report::internal
