// SPDX-License-Identifier: Apache-2.0
//
// Tests of digits: second digits after Benford, last digits, last pairs. What each can and cannot
// say: docs/forensics.md; formulas: docs/statistics.md.
//
// Pure; any thread.

#pragma once

#include <array>
#include <cstdint>

#include "forensics/chance.h"
#include "forensics/measured.h"
#include "forensics/station.h"

namespace scr::forensics {

// Newcomb and Benford: P(second digit = d) = sum over k = 1..9 of log10(1 + 1 / (10 k + d)).
std::array<double, 10> second_digit_law();

// Pearson's statistic of second digits against that law, 9 degrees of freedom. REQUIRES: some are
// counted.
struct SecondDigitFit {
  double statistic = 0;
  double p = 0;
  // At least so probable is that the law holds, if it was as likely as not before: 1 / (1 + 1 / (-e
  // p ln p)); Pericchi and Torres 2011. 1/2 where p >= 1/e.
  double law_at_least = 0.5;
};
SecondDigitFit fit_second_digits(const std::array<std::int64_t, 10>& counted);

// Second digits of counts of 10 and more. The model of `p` is Benford's law, which an innocent
// election does not follow; `expected` is what an innocent one of these very sizes gives: each
// station draws its votes at its neighbourhood's share. Exact, no simulation.
Measured second_digits(const Stations& stations);

// Last digits of counts that are wide enough: at least 100 votes, and a variance of at least 25 if
// every ballot were drawn again at the station's own share. Expected are the wide counts of that
// very redraw, scaled to as many as were seen: so a density that falls within a decade is allowed
// for. The statistic is d' V^-1 d of the differences, with their exact covariance; chi-square, 9.
Measured last_digits(const Stations& stations);

// The last two digits of the same counts: the same twice, neighbours (9 and 0 are), or distant.
// Beber and Scacco 2012. Expected as above.
Measured last_pairs(const Stations& stations);

// True if the station's count is wide enough for its last digit to say anything.
bool is_wide(const Station& station);

// Of a tenth of the wide counts, somebody rounds to a full ten.
void round_counts(Stations& stations, Chance& chance);
// Of a tenth of the counts of 10 and more, somebody makes the second digit a five.
void prefer_fives(Stations& stations, Chance& chance);
// Of half of the wide counts whose last two digits are equal, somebody takes a little away.
void avoid_repeats(Stations& stations, Chance& chance);

}  // namespace scr::forensics
