// SPDX-License-Identifier: Apache-2.0
//
// The upright axis of a plot of the usual size, with round steps. Doubles are for drawing only.

#pragma once

#include "report/facts.h"
#include "report/internal/svg.h"

namespace scr::report::internal {

inline constexpr double kPlotTop = 46;
inline constexpr double kPlotBottom = 246;
inline constexpr double kPlotLeft = 9;  // per cent of the width, for the labels of the axis
inline constexpr int kPlotHeight = static_cast<int>(kPlotBottom) + 42;

// What an axis shows, from `least` to `most`, with labels at whole multiples of `step`.
struct Axis {
  double least = 0;
  double most = 1;
  double step = 1;
  int digits = 0;

  double y(double value) const {
    return kPlotBottom - (value - least) / (most - least) * (kPlotBottom - kPlotTop);
  }
};

Axis axis_of(double least, double most);

// Grid lines and labels.
void draw_axis(Svg& svg, Language language, const Axis& axis, const char* unit = "");

}  // namespace scr::report::internal
