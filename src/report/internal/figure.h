// SPDX-License-Identifier: Apache-2.0
//
// A plot with its heading, what it shows in words, and the exact numbers beneath it.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/facts.h"
#include "report/internal/svg.h"

namespace scr::report::internal {

struct HtmlTable {
  struct Column {
    std::string heading;
    bool number = true;
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // text, not HTML; the first cell names the row
};

// In a frame that scrolls sideways by itself where the page is narrow.
std::string table_html(std::string_view label, const HtmlTable& table);

// The table, folded away under "the exact figures".
std::string folded_table(Language language, std::string_view label, const HtmlTable& table);

struct Figure {
  std::string heading;
  std::string caption;  // empty: none
  std::string svg;      // HTML
  std::string below;    // HTML: a legend, the table
};
std::string figure_html(const Figure& figure);

// Unique in a page that holds every plot once in each language.
std::string plot_id(std::string_view name, Language language);

// Grid lines and labels of an axis that runs down from `most` at `top` to 0 at `bottom`, on to
// `least` below it if that is negative. Labels stand on their lines, at the left.
void draw_vertical_axis(Svg& svg, Language language, double least, double most, double top,
                        double bottom);

}  // namespace scr::report::internal
