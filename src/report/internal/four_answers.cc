// SPDX-License-Identifier: Apache-2.0
#include "report/internal/four_answers.h"

#include "report/internal/html.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

std::string answer(Language language, const char* key, const std::vector<std::string>& lines,
                   const std::string& html) {
  std::string inside = text_element("h2", "", say(language, key)) + "\n";
  for (const std::string& line : lines) inside += text_element("p", "", line) + "\n";
  return element("section", "", inside + html) + "\n";
}

}  // namespace

std::string four_answers(Language language, const FourAnswers& answers) {
  return element("header", "",
                 text_element("h1", "", answers.title) +
                     text_element("p", "class=\"soft\"", answers.election)) +
         "\n" + answer(language, "forensics.word.asked", answers.asked, "") +
         answer(language, "forensics.word.seen", answers.seen, answers.figures) +
         answer(language, "answers.innocent", answers.innocent, "") +
         answer(language, "forensics.word.cannot", answers.cannot, "") +
         text_element("footer", "", say(language, "page.footer"));
}

std::string figures_of(std::span<const Plot> plots) {
  std::string out;
  for (const Plot& plot : plots) {
    out += element("figure", "", text_element("h3", "", plot.title) + plot.svg) + "\n";
  }
  return out;
}

}  // namespace scr::report::internal
