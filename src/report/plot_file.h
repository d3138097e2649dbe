// SPDX-License-Identifier: Apache-2.0
//
// A plot that stands alone, as a file.

#pragma once

#include <string>

namespace scr::report {

struct PlotFile {
  std::string name;  // "ties-EG.svg": letters, digits, '-', '_'
  std::string svg;
};

}  // namespace scr::report
