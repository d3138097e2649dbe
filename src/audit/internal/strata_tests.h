// SPDX-License-Identifier: Apache-2.0
//
// The tests of an audit by strata: what each stratum weighs, and what it is expected to show.

#pragma once

#include "audit/course.h"
#include "audit/strata.h"

namespace scr::audit::internal {

// Draws that what is expected is worth beforehand.
inline constexpr double kStrataWeight = 100;

// Stations are drawn with replacement, with chances as their bounds; a value is 1 - taint. If the
// outcome is wrong, the parts of the error add up to a whole margin: the mean over all, each
// stratum weighing as its bound, is at most 1 - 1/U. REQUIRES: subject with strata and batches.
StratifiedTest strata_of_stations(const Subject& subject);

// Ballots are drawn without replacement; a value is the assorter's. REQUIRES: subject with strata.
StratifiedTest strata_of_ballots(const Subject& subject, const Assertion& assertion);

// The reported figures of stratum h, added up.
Tallied tallied_in(const Subject& subject, std::size_t h);

}  // namespace scr::audit::internal
