// SPDX-License-Identifier: Apache-2.0
//
// What settled draws say, by the method of the audit.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "audit/course.h"

namespace scr::audit::internal {

// Fills taint and differs of the units, and assertions, history, p and more_if_clean of `progress`,
// of which draws, weighed and units are there. `order`: the unit of each draw.
void weigh(const Subject& subject, std::span<const std::size_t> order,
           std::span<const std::int64_t> rounds, Progress& progress);

}  // namespace scr::audit::internal
