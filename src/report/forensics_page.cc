// SPDX-License-Identifier: Apache-2.0
#include "report/forensics_report.h"
#include "report/internal/figure.h"
#include "report/internal/forensics_words.h"
#include "report/internal/html.h"
#include "report/internal/page_frame.h"
#include "report/internal/plain.h"
#include "report/internal/plots_forensics.h"
#include "report/internal/real.h"
#include "report/words.h"

namespace scr::report {
namespace {

using forensics::Measured;
using forensics::Standing;
using forensics::TestResult;
using internal::element;
using internal::escaped;
using internal::HtmlTable;
using internal::text_element;

std::string paragraphs_of(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += text_element("p", "", line) + "\n";
  return out;
}

std::string badge(Language language, const TestResult& result) {
  const char* style = result.stands_out() ? "stands_out" : "nothing";
  return text_element("span", std::string("class=\"badge ") + style + "\"",
                      internal::outcome_of(language, result));
}

std::string named(Language language, const char* key, const std::string& words) {
  return text_element("dt", "", say(language, key)) + text_element("dd", "", words) + "\n";
}

// Returns, controls and past elections beside one another.
HtmlTable beside(Language language, const TestResult& result) {
  HtmlTable table;
  table.columns = {{say(language, "forensics.column.what"), false},
                   {say(language, "forensics.column.seen")},
                   {say(language, "forensics.column.expected")},
                   {say(language, "forensics.model_p")}};
  const auto add = [&](const std::string& name, const Measured& measured) {
    table.rows.push_back(
        {name, internal::statistic_text(language, result.test, measured.statistic),
         internal::expected_text(language, result.test, measured.expected),
         measured.p ? internal::p_value(language, *measured.p) : std::string("\u2013")});
  };
  add(say(language, "forensics.row.now"), *result.measured);
  if (result.clean) add(say(language, "forensics.row.clean"), *result.clean);
  if (result.tampered) add(say(language, "forensics.row.tampered"), *result.tampered);
  for (const forensics::PastFigure& figure : result.past) {
    add(say(language, "forensics.row.past", {{"election", internal::plain(figure.election)}}),
        figure.measured);
  }
  return table;
}

HtmlTable exact_bars(Language language, const Measured& measured) {
  HtmlTable table;
  table.columns = {{"", false},
                   {say(language, "forensics.column.seen")},
                   {say(language, "forensics.column.expected")},
                   {say(language, "forensics.column.spread")}};
  for (const forensics::Bar& bar : measured.bars) {
    table.rows.push_back({bar.label, internal::real(language, bar.seen, 2),
                          internal::real(language, bar.expected, 2),
                          internal::real(language, bar.spread, 2)});
  }
  return table;
}

std::string pairs_table(Language language, const TestResult& result) {
  if (result.pairs.empty()) return "";
  HtmlTable table;
  table.columns = {{say(language, "forensics.column.pair"), false},
                   {say(language, "forensics.column.both")},
                   {say(language, "forensics.column.same")},
                   {say(language, "forensics.column.with_picture")},
                   {say(language, "forensics.column.wrong")},
                   {say(language, "forensics.column.alike")},
                   {say(language, "forensics.column.expected")}};
  for (const forensics::SourcePair& pair : result.pairs) {
    table.rows.push_back(
        {internal::plain(pair.a.value()) + ", " + internal::plain(pair.b.value()),
         number(language, pair.both), number(language, pair.same), number(language, pair.joined),
         number(language, pair.wrong_a) + ", " + number(language, pair.wrong_b),
         number(language, pair.wrong_alike), internal::real(language, pair.expected, 1)});
  }
  return table_html(internal::words_of(language, result, "title"), table);
}

// Turnout against share: the returns and both controls, two pictures each.
std::string grid_figures(Language language, const std::vector<internal::Plot>& plots) {
  std::string figures;
  for (const internal::Plot& plot : plots) {
    figures += element("figure", "", plot.svg + text_element("figcaption", "", plot.note));
  }
  return element("div", "class=\"grids\"", figures) +
         text_element("p", "class=\"soft\"", say(language, "forensics.grid.legend"));
}

std::string plots_html(Language language, const ForensicsFacts& facts, const TestResult& result) {
  const std::vector<internal::Plot> plots = internal::plots_of(language, facts, result);
  if (plots.empty()) return "";
  if (!result.measured->grids.empty()) return grid_figures(language, plots);
  std::string out;
  for (const internal::Plot& plot : plots) out += element("figure", "", plot.svg) + "\n";
  if (!result.measured->bars.empty()) {
    out += folded_table(language, plots.front().title, exact_bars(language, *result.measured));
  }
  return out;
}

std::string result_part(Language language, const ForensicsFacts& facts, const TestResult& result) {
  const std::string subject = internal::subject_of(language, facts, result);
  std::string out;
  const std::string heading = say(language, "forensics.word.seen");
  out +=
      text_element("h3", "class=\"subject\"", subject.empty() ? heading : heading + ": " + subject);
  out += element("p", "", badge(language, result)) + "\n" +
         paragraphs_of(internal::what_was_seen(language, result));
  if (result.standing != Standing::refused) {
    const std::string name = say(language, "forensics.word.controls");
    out += text_element("h4", "", name) + table_html(name, beside(language, result));
  }
  return out + plots_html(language, facts, result) + pairs_table(language, result);
}

// One test with all its results: `first` .. `last` of the screening.
std::string test_section(Language language, const ForensicsFacts& facts,
                         std::span<const TestResult> results) {
  const TestResult& any = results.front();
  std::string words =
      named(language, "forensics.word.asked", internal::words_of(language, any, "asked")) +
      named(language, "forensics.word.innocent", internal::words_of(language, any, "innocent")) +
      named(language, "forensics.word.cannot", internal::words_of(language, any, "cannot"));
  std::string inside = text_element("h2", "", internal::words_of(language, any, "title")) + "\n" +
                       element("dl", "class=\"four\"", words) + "\n";
  const std::string tampered = internal::words_of(language, any, "tampered");
  bool applies = false;
  for (const TestResult& result : results) applies |= result.standing != Standing::refused;
  if (applies) {
    inside += text_element("p", "class=\"soft\"",
                           (any.test == forensics::TestCode::source_independence
                                ? std::string()
                                : say(language, "forensics.clean") + " ") +
                               tampered);
  }
  for (const TestResult& result : results) inside += result_part(language, facts, result);
  return element("section", "", inside) + "\n";
}

std::string all_tests(Language language, const ForensicsFacts& facts) {
  const std::span<const TestResult> results = facts.screening.results;
  std::string out;
  for (std::size_t begin = 0; begin < results.size();) {
    std::size_t end = begin + 1;
    while (end < results.size() && results[end].test == results[begin].test) ++end;
    out += test_section(language, facts, results.subspan(begin, end - begin));
    begin = end;
  }
  return out;
}

std::string overview(Language language, const ForensicsFacts& facts) {
  HtmlTable table;
  table.columns = {{say(language, "forensics.column.test"), false},
                   {say(language, "forensics.column.standing"), false},
                   {say(language, "forensics.column.p")},
                   {say(language, "forensics.column.adjusted")},
                   {say(language, "forensics.column.effect")}};
  for (const TestResult& result : facts.screening.results) {
    table.rows.push_back(
        {internal::test_title(language, facts, result), internal::outcome_of(language, result),
         result.p ? internal::p_value(language, *result.p) : "\u2013",
         result.adjusted ? internal::p_value(language, *result.adjusted) : "\u2013",
         result.p ? number(language, result.measured->effect_votes) : "\u2013"});
  }
  return table_html(say(language, "forensics.title"), table);
}

std::string rests_on(Language language, const ForensicsFacts& facts) {
  const auto pair = [&](const char* key, const std::string& html) {
    return text_element("dt", "", say(language, key)) + element("dd", "", html) + "\n";
  };
  const std::string log =
      pair("rests.origin", text_element("code", "", facts.basis.origin)) +
      pair("rests.size",
           escaped(number(language, static_cast<std::int64_t>(facts.basis.tree_size)))) +
      pair("rests.root", text_element("code", "", facts.basis.root.hex())) +
      pair("rests.program", escaped(facts.basis.program));
  return element(
      "section", "",
      text_element("h2", "", say(language, "rests.title")) + element("dl", "class=\"basis\"", log));
}

std::string version_in(Language language, const ForensicsFacts& facts) {
  const election::Definition& definition = facts.definition;
  const std::string title =
      definition.title.by_language.empty() ? definition.id : definition.title.in(code_of(language));
  const std::string header =
      text_element("h1", "", say(language, "forensics.heading")) +
      text_element("p", "class=\"soft\"", title) +
      element("div", "class=\"verdict\"",
              text_element("strong", "", internal::screening_summary(language, facts)) +
                  text_element("p", "class=\"soft\"", say(language, "forensics.lead")));
  return element("header", "", header) + "\n" +
         paragraphs_of(internal::about_plan(language, facts)) + overview(language, facts) +
         all_tests(language, facts) + rests_on(language, facts) +
         text_element("footer", "", say(language, "page.footer"));
}

}  // namespace

std::string forensics_page(Language default_language, const ForensicsFacts& facts) {
  return internal::framed_page(default_language, say(default_language, "forensics.heading"),
                               version_in(Language::en, facts), version_in(Language::es, facts),
                               internal::Pictures::none);
}

}  // namespace scr::report
