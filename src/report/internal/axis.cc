// SPDX-License-Identifier: Apache-2.0
#include "report/internal/axis.h"

#include <cmath>

#include "report/internal/real.h"

namespace scr::report::internal {
namespace {

// 1, 2 or 5 times a power of ten, so that about four of them fill `range`.
double nice_step(double range) {
  double step = 1e-4;
  while (step * 10 < range / 4) step *= 10;
  for (const double factor : {2.0, 5.0, 10.0}) {
    if (step * factor >= range / 4) return step * factor;
  }
  return step * 10;
}

}  // namespace

Axis axis_of(double least, double most) {
  const double range = most > least ? most - least : 1;
  Axis axis;
  axis.step = nice_step(range);
  axis.least = std::floor((least - range * 0.05) / axis.step) * axis.step;
  axis.most = std::ceil((most + range * 0.05) / axis.step) * axis.step;
  for (double step = axis.step; step < 0.999 && axis.digits < 4; step *= 10) ++axis.digits;
  return axis;
}

void draw_axis(Svg& svg, Language language, const Axis& axis, const char* unit) {
  const auto first = static_cast<int>(std::lround(axis.least / axis.step));
  const auto last = static_cast<int>(std::lround(axis.most / axis.step));
  for (int i = first; i <= last; ++i) {
    const double y = axis.y(i * axis.step);
    svg.line({kPlotLeft, y}, {100, y}, "grid");
    svg.text({kPlotLeft - 1, y + 4}, Anchor::end, "tick",
             real(language, i * axis.step, axis.digits) + unit);
  }
}

}  // namespace scr::report::internal
