// SPDX-License-Identifier: Apache-2.0
//
// A table for a terminal: columns as wide as what is in them, numbers to the right.

#pragma once

#include <string>
#include <vector>

namespace scr::report::internal {

struct TextTable {
  struct Column {
    std::string heading;
    bool number = true;
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // as many cells as columns
};

// One line for each row, the headings first; each line begins with `indent` and has no blank at
// its end. Texts are cut at `text_width` columns, numbers never.
std::string lines_of(const TextTable& table, const std::string& indent, std::size_t text_width);

}  // namespace scr::report::internal
