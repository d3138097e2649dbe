// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "report/forensics_report.h"
#include "report/internal/forensics_words.h"
#include "report/internal/ink.h"
#include "report/internal/plots_forensics.h"
#include "report/internal/real.h"
#include "report/internal/text_table.h"
#include "report/words.h"

namespace scr::report {
namespace {

using forensics::Standing;
using forensics::TestResult;

std::vector<std::string> row_of(Language language, const ForensicsFacts& facts,
                                const TestResult& result) {
  const bool applies = result.standing != Standing::refused;
  const auto of = [&](auto text) { return applies ? text(*result.measured) : std::string("-"); };
  return {internal::words_of(language, result, "title"),
          internal::subject_of(language, facts, result),
          of([&](const forensics::Measured& m) {
            return internal::statistic_text(language, result.test, m.statistic);
          }),
          of([&](const forensics::Measured& m) {
            return internal::expected_text(language, result.test, m.expected);
          }),
          result.p ? internal::p_value(language, *result.p) : "-",
          result.adjusted ? internal::p_value(language, *result.adjusted) : "-",
          result.p ? number(language, result.measured->effect_votes) : "-",
          internal::outcome_of(language, result)};
}

}  // namespace

std::string forensics_text(Language language, const ForensicsFacts& facts, const TextStyle& style) {
  internal::Ink ink(style);
  ink.heading(say(language, "forensics.heading"));
  ink.sentence(internal::screening_summary(language, facts), internal::Tone::strong);
  ink.sentence(say(language, "forensics.lead"));
  ink.gap();
  for (const std::string& line : internal::about_plan(language, facts)) ink.sentence(line);
  ink.gap();
  internal::TextTable table;
  table.columns = {{say(language, "forensics.column.test"), false},
                   {say(language, "forensics.column.option"), false},
                   {say(language, "forensics.column.seen")},
                   {say(language, "forensics.column.expected")},
                   {say(language, "forensics.column.p")},
                   {say(language, "forensics.column.adjusted")},
                   {say(language, "forensics.column.effect")},
                   {say(language, "forensics.column.standing"), false}};
  for (const TestResult& result : facts.screening.results) {
    table.rows.push_back(row_of(language, facts, result));
  }
  ink.raw(lines_of(table, "", 40));
  ink.gap();
  std::set<std::string> reasons;  // each once
  for (const TestResult& result : facts.screening.results) {
    if (result.standing != Standing::refused || !reasons.insert(result.reason).second) continue;
    ink.sentence(internal::words_of(language, result, "title") + ": " +
                     say(language, "forensics.reason." + result.reason),
                 internal::Tone::quiet);
  }
  ink.gap().sentence(say(language, "forensics.page_hint"), internal::Tone::quiet);
  return ink.text();
}

std::vector<PlotFile> forensics_plots(Language language, const ForensicsFacts& facts) {
  std::vector<internal::Plot> plots;
  for (const TestResult& result : facts.screening.results) {
    for (internal::Plot& plot : internal::plots_of(language, facts, result))
      plots.push_back(std::move(plot));
  }
  return internal::files_of(plots);
}

}  // namespace scr::report
