// SPDX-License-Identifier: Apache-2.0
//
// The plots of statistical tests as SVG, with what their marks mean inside, so that each can stand
// alone. Doubles are for drawing only.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/forensics_facts.h"
#include "report/internal/plot.h"

namespace scr::report::internal {

// In this order: seen against expected, shares as they build up, turnout against share; those of
// the clean and of the tampered control beside the last. None where nothing was measured.
std::vector<Plot> plots_of(Language language, const ForensicsFacts& facts,
                           const forensics::TestResult& result);

}  // namespace scr::report::internal
