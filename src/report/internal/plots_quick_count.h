// SPDX-License-Identifier: Apache-2.0
//
// The plots of quick counts: shares with their intervals; limits that hold however often one looks,
// as stations come in. Doubles are for drawing only.

#pragma once

#include <vector>

#include "report/internal/plot.h"
#include "report/quick_count.h"

namespace scr::report::internal {

// None without a sample that was drawn by lot.
std::vector<Plot> plots_of(Language language, const QuickCount& count);

}  // namespace scr::report::internal
