// SPDX-License-Identifier: Apache-2.0
//
// How a share moves as sheets come in. It moves in innocent elections too: what comes late comes
// from elsewhere (Idrobo, Kronick and Rodriguez 2022). So the curve is shown between the two that
// mere size of the stations would draw, and what is measured is only what is left within
// neighbourhoods.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "forensics/chance.h"
#include "forensics/measured.h"
#include "forensics/station.h"

namespace scr::forensics {

// Statistic: the mean share of the later half of the stations with a known arrival, each in
// standard deviations from the mean of its neighbourhood; expected of a blind order: 0.
// `curves`: also of orders by size.
Measured arrival_order(const Stations& stations);

// The option's share of the valid votes of the first `part` / `parts` of the stations (rounded
// down), largest first or smallest first by electors; stations of one size in the order given.
double share_of_first(const Stations& stations, bool largest, std::int64_t part,
                      std::int64_t parts);

// The two curves by size alone: what can be shown where no arrival is known.
std::vector<Curve> curves_by_size(const Stations& stations);

// The known arrivals dealt out blindly.
void shuffle_arrivals(Stations& stations, Chance& chance);
// In the later half, a fifth of the votes of others go to the option.
void lean_on_late_stations(Stations& stations, Chance& chance);

}  // namespace scr::forensics
