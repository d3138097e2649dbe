// SPDX-License-Identifier: Apache-2.0
#include "report/internal/figure.h"

#include <cmath>

#include "report/internal/html.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

std::string cell(const HtmlTable& table, std::size_t column, std::string_view text) {
  if (column == 0) return text_element("th", "scope=\"row\"", text);
  return text_element("td", table.columns[column].number ? "class=\"n\"" : "", text);
}

}  // namespace

std::string table_html(std::string_view label, const HtmlTable& table) {
  std::string head;
  for (const HtmlTable::Column& column : table.columns) {
    const char* attributes = column.number ? "scope=\"col\" class=\"n\"" : "scope=\"col\"";
    head += text_element("th", attributes, column.heading);
  }
  std::string body;
  for (const std::vector<std::string>& row : table.rows) {
    std::string cells;
    for (std::size_t c = 0; c < row.size(); ++c) cells += cell(table, c, row[c]);
    body += element("tr", "", cells) + "\n";
  }
  const std::string inside =
      element("thead", "", element("tr", "", head)) + "\n" + element("tbody", "", body);
  return element(
      "div",
      "class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + escaped(label) + "\"",
      element("table", "", inside));
}

std::string folded_table(Language language, std::string_view label, const HtmlTable& table) {
  return element(
      "details", "",
      text_element("summary", "", say(language, "page.table")) + table_html(label, table));
}

std::string figure_html(const Figure& figure) {
  std::string words = text_element("h3", "", figure.heading);
  if (!figure.caption.empty()) words += text_element("p", "", figure.caption);
  return element("figure", "", element("figcaption", "", words) + figure.svg + figure.below) + "\n";
}

std::string plot_id(std::string_view name, Language language) {
  return std::string(name) + "-" + code_of(language);
}

void draw_vertical_axis(Svg& svg, Language language, double least, double most, double top,
                        double bottom) {
  const double step = round_step(most > -least ? most : -least, 4);
  const double pixels = most > 0 ? (bottom - top) / most : 0;
  const int first = least < 0 ? -static_cast<int>(std::floor(-least / step)) : 0;
  const int last = static_cast<int>(std::floor(most / step));
  for (int i = first; i <= last; ++i) {
    const double y = bottom - i * step * pixels;
    svg.line({0, y}, {100, y}, i == 0 ? "axis" : "grid");
    svg.text({0, y - 4}, Anchor::start, "tick",
             number(language, static_cast<std::int64_t>(i * step)));
  }
}

}  // namespace scr::report::internal
