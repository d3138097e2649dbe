// SPDX-License-Identifier: Apache-2.0
//
// A plot that a page shows and a file holds: with its title on top and what its marks mean inside,
// so that it can stand alone.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "report/plot_file.h"

namespace scr::report::internal {

struct Plot {
  std::string name;   // "ties-EG": of a file, and of an id in a page
  std::string title;  // in words
  std::string note;   // below the title; may be empty
  std::string svg;    // as in a page
  int height = 0;     // pixels
};

// The plot as a file of its own, with its title on top and its colours in it, light and dark.
std::string standing_alone(const Plot& plot);

// Where two plots would have one name, the later has a number behind it.
std::vector<PlotFile> files_of(std::span<const Plot> plots);

}  // namespace scr::report::internal
