// SPDX-License-Identifier: Apache-2.0
#include "report/internal/figure.h"
#include "report/internal/four_answers.h"
#include "report/internal/html.h"
#include "report/internal/page_frame.h"
#include "report/internal/page_sections.h"
#include "report/internal/plain.h"
#include "report/internal/plots_quick_count.h"
#include "report/internal/quick_count_words.h"
#include "report/internal/sentences.h"
#include "report/quick_count.h"
#include "report/words.h"

namespace scr::report {
namespace {

std::string count_title(Language language, const QuickCount& count) {
  return count.sample ? say(language, "quickcount.title", {{"count", count.sample->planned.count}})
                      : say(language, "quickcount.page.found");
}

std::string estimates_table(Language language, const QuickCount& count) {
  internal::HtmlTable table;
  table.columns = {{say(language, "quickcount.option"), false},
                   {say(language, "quickcount.share")},
                   {say(language, "quickcount.standard_error")},
                   {say(language, "quickcount.interval")},
                   {say(language, "quickcount.sequence")}};
  for (const QuickCountOption& one : count.options) {
    if (!one.combined) continue;
    table.rows.push_back(
        {internal::option_name(count.definition, one.option),
         internal::share_text(language, one.combined->share),
         internal::share_text(language, one.combined->standard_error),
         internal::interval_text(language, one.combined->low, one.combined->high),
         one.sequence ? internal::interval_text(language, one.sequence->low, one.sequence->high)
                      : std::string("\u2013")});
  }
  return table_html(say(language, "quickcount.share"), table);
}

// Bounds, curve and model, as judge's page has them, in this order and nothing else.
std::string found_sections(Language language, const Facts& facts) {
  std::string model = internal::model_section(language, facts);
  if (model.empty()) {
    model = internal::text_element("p", "", say(language, "quickcount.found.no_model"));
  }
  return internal::text_element("p", "", internal::verdict(language, facts)) +
         internal::missing_section(language, facts) + model +
         internal::text_element("p", "class=\"soft\"", say(language, "quickcount.found.more"));
}

std::string count_version(Language language, const QuickCount& count) {
  internal::FourAnswers answers;
  answers.title = count_title(language, count);
  answers.election = internal::plain(count.definition.title.by_language.empty()
                                         ? count.definition.id
                                         : count.definition.title.in(code_of(language)));
  const char* kind = count.found ? "found" : "sample";
  const auto words = [&](const char* key) {
    return say(language, std::string("quickcount.page.") + kind + "." + key);
  };
  answers.asked = {words("asked")};
  answers.seen = internal::sample_sentences(language, count);
  if (count.found) {
    answers.seen.push_back(say(language, "quickcount.found"));
    answers.figures = found_sections(language, *count.found);
  } else if (count.by_chance) {
    answers.figures = internal::figures_of(internal::plots_of(language, count)) +
                      estimates_table(language, count);
  }
  answers.innocent = {words("innocent")};
  answers.cannot = {words("cannot")};
  return internal::four_answers(language, answers);
}

}  // namespace

std::string quick_count_page(Language default_language, const QuickCount& count) {
  return internal::framed_page(default_language, count_title(default_language, count),
                               count_version(Language::en, count),
                               count_version(Language::es, count), internal::Pictures::none);
}

std::vector<PlotFile> quick_count_plots(Language language, const QuickCount& count) {
  return internal::files_of(internal::plots_of(language, count));
}

}  // namespace scr::report
