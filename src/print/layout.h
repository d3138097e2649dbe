// SPDX-License-Identifier: Apache-2.0
//
// How the numbers stand on a printed sheet: rows of one pitch, numbers flush right in one column,
// words flush left. What the rows mean is not known here.
//
// A value; any thread.

#pragma once

#include <vector>

namespace scr::print {

enum class RowKind {
  heading,  // words flush left and no number
  number,   // words, indented or not, and a number
  rule,     // a line of dashes: nothing to be read
};

struct Row {
  RowKind kind = RowKind::number;
  bool indented = false;
};

// Lengths are in dots of the printer, of which a module of the code has `module`.
struct Layout {
  double module = 5;
  double pitch = 27;      // from row to row
  double letter = 13;     // from letter to letter: all have one width
  double width = 550;     // from the first letter of a heading to the end of a number, about
  double indent = 39;     // of indented words
  double to_code = 0;     // from the lowest row to the code's upper edge, about; 0: not known
  std::vector<Row> rows;  // top to foot; at least 8 numbers
};

}  // namespace scr::print
