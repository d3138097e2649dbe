// SPDX-License-Identifier: Apache-2.0
//
// The plots of statistical tests as SVG, with what their marks mean inside, so that each can stand
// alone. Doubles are for drawing only.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/forensics_facts.h"

namespace scr::report::internal {

struct Plot {
  std::string name;   // "ties-EG": of a file, and of an id in a page
  std::string title;  // in words
  std::string note;   // below the title; may be empty
  std::string svg;    // as in a page
  int height = 0;     // pixels
};

// In this order: seen against expected, shares as they build up, turnout against share; those of
// the clean and of the tampered control beside the last. None where nothing was measured.
std::vector<Plot> plots_of(Language language, const ForensicsFacts& facts,
                           const forensics::TestResult& result);

// The plot as a file of its own, with its title on top and its colours in it, light and dark.
std::string standing_alone(const Plot& plot);

}  // namespace scr::report::internal
