// SPDX-License-Identifier: Apache-2.0
#include "report/internal/text_table.h"

#include <algorithm>

#include "report/internal/plain.h"

namespace scr::report::internal {
namespace {

std::string without_blanks_at_end(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

std::string lines_of(const TextTable& table, const std::string& indent, std::size_t text_width) {
  std::vector<std::vector<std::string>> cells;
  cells.emplace_back();
  for (const TextTable::Column& column : table.columns) cells[0].push_back(column.heading);
  cells.insert(cells.end(), table.rows.begin(), table.rows.end());

  std::vector<std::size_t> widths(table.columns.size());
  for (std::vector<std::string>& row : cells) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (!table.columns[c].number) row[c] = cut_to(row[c], text_width);
      widths[c] = std::max(widths[c], width_of(row[c]));
    }
  }

  std::string out;
  for (const std::vector<std::string>& row : cells) {
    std::string line = indent;
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) line += "  ";
      line += table.columns[c].number ? padded_left(row[c], widths[c])
                                      : padded_right(row[c], widths[c]);
    }
    out += without_blanks_at_end(std::move(line)) + "\n";
  }
  return out;
}

}  // namespace scr::report::internal
