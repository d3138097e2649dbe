// SPDX-License-Identifier: Apache-2.0
//
// The plots of the page, each a figure as HTML. Doubles here are for drawing only: every number in
// words or in a table is exact. Empty where there is nothing to draw.

#pragma once

#include <string>

#include "report/facts.h"

namespace scr::report::internal {

std::string votes_figure(Language language, const Facts& facts);
std::string missing_figure(Language language, const Facts& facts);
std::string breakdown_figure(Language language, const Facts& facts);
std::string sensitivity_figure(Language language, const Facts& facts);
std::string where_figure(Language language, const Facts& facts);
std::string histogram_figure(Language language, const Facts& facts);

// What one claim announced against what the sheets allow: its shares, then its votes. `position`:
// of the claim in the facts.
std::string claim_figures(Language language, const Facts& facts, std::size_t position);

}  // namespace scr::report::internal
