// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "report/audit.h"
#include "report/internal/figure.h"
#include "report/internal/html.h"
#include "report/internal/page_frame.h"
#include "report/words.h"

namespace scr::report {
namespace {

using internal::element;
using internal::HtmlTable;
using internal::table_html;
using internal::text_element;

// Ten-sided dice: 24 digits are more than anybody can guess or try out (80 bits).
constexpr int kThrowsInRow = 8;
constexpr int kRowsOfThrows = 3;
constexpr int kWatchers = 6;

std::string steps_list(Language language, const Ceremony& ceremony) {
  std::string items;
  for (const char* key : {"ceremony.step1", "ceremony.step2", "ceremony.step3", "ceremony.step4"})
    items += text_element("li", "", say(language, key)) + "\n";
  items +=
      text_element("li", "", say(language, "ceremony.step5", {{"audit", ceremony.planned.audit}}));
  return element("ol", "", items);
}

std::string plan_table(Language language, const Ceremony& ceremony) {
  const entry::AuditPlanned& planned = ceremony.planned;
  HtmlTable table;
  table.columns = {{say(language, "ceremony.fact"), false}, {"", false}};
  table.rows = {{"audit", planned.audit},     {"kind", planned.kind},
                {"method", planned.method},   {"risk", planned.risk},
                {"sampler", planned.sampler}, {"entry", std::to_string(ceremony.entry)}};
  if (planned.source) table.rows.push_back({"source", planned.source->value()});
  if (planned.strata) table.rows.push_back({"strata", planned.strata->value()});
  for (const entry::AuditedWith& other : planned.with) {
    table.rows.push_back(
        {"with", other.origin + ", " + std::to_string(other.size) + ", " + other.root.hex()});
  }
  return table_html(say(language, "ceremony.plan"), table);
}

// Empty boxes to be written into.
std::string boxes(Language language) {
  std::string out;
  for (int row = 0; row < kRowsOfThrows; ++row) {
    HtmlTable table;
    table.columns = {{say(language, "ceremony.die"), false}};
    std::vector<std::string> cells{"\u00a0"};
    for (int i = 1; i <= kThrowsInRow; ++i) {
      table.columns.push_back({std::to_string(row * kThrowsInRow + i), true});
      cells.emplace_back("\u00a0");
    }
    table.rows.push_back(std::move(cells));
    out += table_html(say(language, "ceremony.dice"), table) + "\n";
  }
  return out;
}

std::string watchers(Language language) {
  HtmlTable table;
  table.columns = {{say(language, "ceremony.watched.name"), false},
                   {say(language, "ceremony.watched.for"), false},
                   {say(language, "ceremony.watched.signed"), false}};
  for (int i = 0; i < kWatchers; ++i) table.rows.push_back({"\u00a0", "\u00a0", "\u00a0"});
  return table_html(say(language, "ceremony.watched"), table);
}

std::string ceremony_version(Language language, const Ceremony& ceremony,
                             const election::Definition& definition) {
  const std::string election =
      definition.title.by_language.empty() ? definition.id : definition.title.in(code_of(language));
  return text_element("p", "class=\"soft\"", election) +
         text_element("h1", "",
                      say(language, "ceremony.title", {{"audit", ceremony.planned.audit}})) +
         text_element("p", "", say(language, "ceremony.intro")) +
         text_element("h2", "", say(language, "ceremony.steps")) + steps_list(language, ceremony) +
         text_element("h2", "", say(language, "ceremony.plan")) + plan_table(language, ceremony) +
         text_element("p", "",
                      say(language, "ceremony.record",
                          {{"origin", ceremony.basis.origin},
                           {"size", std::to_string(ceremony.basis.tree_size)},
                           {"root", ceremony.basis.root.hex()}})) +
         text_element("h2", "", say(language, "ceremony.dice")) + boxes(language) +
         text_element("p", "", say(language, "ceremony.seed")) +
         text_element("p", "", std::string(60, '_')) +
         text_element("h2", "", say(language, "ceremony.watched")) + watchers(language);
}

}  // namespace

std::string ceremony_page(const Ceremony& ceremony, const election::Definition& definition,
                          Language default_language) {
  return internal::framed_page(
      default_language,
      say(default_language, "ceremony.title", {{"audit", ceremony.planned.audit}}),
      ceremony_version(Language::en, ceremony, definition),
      ceremony_version(Language::es, ceremony, definition), internal::Pictures::none);
}

}  // namespace scr::report
