// SPDX-License-Identifier: Apache-2.0
//
// A page about one result that explains itself: what was asked, what was seen, what it would look
// like if nothing were wrong, what it cannot tell.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "report/facts.h"
#include "report/internal/plot.h"

namespace scr::report::internal {

struct FourAnswers {
  std::string title;
  std::string election;
  std::vector<std::string> asked;     // text, a paragraph each
  std::vector<std::string> seen;      // text
  std::string figures;                // HTML, below what was seen
  std::vector<std::string> innocent;  // text
  std::vector<std::string> cannot;    // text
};

// HTML for framed_page.
std::string four_answers(Language language, const FourAnswers& answers);

// Each plot as a figure under its title.
std::string figures_of(std::span<const Plot> plots);

}  // namespace scr::report::internal
