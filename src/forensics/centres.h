// SPDX-License-Identifier: Apache-2.0
//
// Tables of one centre beside one another. Voters are spread over the tables of their centre by
// their number or name, so the tables should differ as much as blind drawing makes them differ: not
// less (figures made at a desk), and more only where neighbours at one table have something in
// common, which they do: hence the comparison with elections of the past. Jimenez 2011; for ties
// Taylor 2004. What is done to a whole centre alike is invisible here (Hausmann and Rigobon 2011).
//
// Pure; any thread.

#pragma once

#include "forensics/chance.h"
#include "forensics/measured.h"
#include "forensics/station.h"

namespace scr::forensics {

// Statistic: sum over centres of X2 (n - 1) / n, by the sum of its exact means, tables - 1; X2 is
// Pearson's of option and others by table. 1 is expected of blind drawing. `spread`: of the ratio,
// from centre to centre. `effect_votes`: votes that would lie at another table of their centre if
// the tables differed as expected; between options none would move.
Measured homogeneity(const Stations& stations);

// Statistic: centres of exactly two tables with equally many votes of the option at both. Expected:
// the sum of the hypergeometric probabilities, given each centre's own totals; `p` is the exact
// upper tail. Tables that differ more than blind drawing makes them have fewer ties, so it errs on
// the side of seeing nothing.
Measured ties(const Stations& stations);

// Ballots of each centre dealt anew, each table keeping its number of valid ones.
void deal_within_centres(Stations& stations, Chance& chance);
// At a third of the centres every table is given the centre's own share.
void level_centres(Stations& stations, Chance& chance);
// At a tenth of the centres of two tables both are given equally many votes.
void tie_centres(Stations& stations, Chance& chance);

}  // namespace scr::forensics
