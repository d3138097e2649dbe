// SPDX-License-Identifier: Apache-2.0
//
// The plots of audits: how many draws each method needs, how trials went, how the risk falls.
// Doubles are for drawing only.

#pragma once

#include <vector>

#include "report/audit.h"
#include "report/internal/plot.h"

namespace scr::report::internal {

// Sizes by method; of a simulation also the trials of each method.
std::vector<Plot> plots_of(Language language, const AuditPlan& plan);
// The risk after each draw, with the limit and how it usually falls; none before the first draw.
std::vector<Plot> plots_of(Language language, const AuditStatus& status);

}  // namespace scr::report::internal
