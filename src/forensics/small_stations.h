// SPDX-License-Identifier: Apache-2.0
//
// Small stations beside the larger ones of their own neighbourhood: Jimenez, Hidalgo and Klimek
// 2017. Where few vote, a vote is easier to watch; where few vote is also where people live
// scattered, work in one place, or are a barracks. The test cannot tell these apart.
//
// Pure; any thread.

#pragma once

#include "forensics/chance.h"
#include "forensics/measured.h"
#include "forensics/station.h"

namespace scr::forensics {

// Small: fewer electors than nine in ten of all stations have. Statistic: the mean share of the
// small ones, each in standard deviations from the mean of its neighbourhood. Expected of drawing
// as many from each neighbourhood blindly: 0. `effect_votes`: by which the
// small ones together differ from their neighbourhoods' shares.
Measured small_stations(const Stations& stations);

// The least number of electors that is not small; 0 if no station says how many it has.
std::int64_t small_below(const Stations& stations);

// Votes drawn at the share of the neighbourhood.
void draw_from_neighbourhood(Stations& stations, Chance& chance);
// At small stations a quarter of the votes of others go to the option.
void lean_on_small_stations(Stations& stations, Chance& chance);

}  // namespace scr::forensics
