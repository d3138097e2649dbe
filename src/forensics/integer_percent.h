// SPDX-License-Identifier: Apache-2.0
//
// Stations whose turnout or share is a whole percentage, more of them than ballots alone make:
// Kobak, Shpilkin and Pshenichnikov 2016. Coarse fractions come from arithmetic alone (Rozenas
// 2017), so what is expected is worked out for each station's own numbers, exactly, where the
// authors drew at random.
//
// Pure; any thread.

#pragma once

#include <cstdint>

#include "forensics/chance.h"
#include "forensics/measured.h"
#include "forensics/station.h"

namespace scr::forensics {

// True if 100 part / whole is within 0.05 of a whole number. REQUIRES: 0 <= part, whole > 0.
bool is_integer_percent(std::int64_t part, std::int64_t whole);

// Stations that the test looks at: at least 100 electors, turnout and share at most 99 per cent.
bool is_in_integer_test(const Station& station);

// Statistic: stations with a whole percentage of turnout or of share. Expected: the same if at each
// station turnout and share were drawn again at its own rates, binomially and apart. `p`: exact
// tail of that sum. `more`: "shares", "turnouts" and what is expected of each.
Measured integer_percents(const Stations& stations);

// At a fifth of the stations turnout and share become the whole percentage above them, as nearly as
// whole numbers allow.
void round_up_to_whole(Stations& stations, Chance& chance);

}  // namespace scr::forensics
