// SPDX-License-Identifier: Apache-2.0
//
// Turnout against share, station by station: the fingerprint of Klimek, Yegorov, Hanel and Thurner
// 2012. Drawn as counted, and standardised within each neighbourhood, since town and country make
// smears of their own. For looking at: fits of its model to the same data differ by a factor of
// five, so none is made here, and nothing is concluded.
//
// Pure; any thread.

#pragma once

#include <cstdint>

#include "forensics/chance.h"
#include "forensics/measured.h"
#include "forensics/station.h"

namespace scr::forensics {

// The model's mechanism: a station of `electors` at turnout `a` and share `v`, of whose abstainers
// the part x is stuffed and of whose other votes x^alpha are changed:
//   W = N (a v + x (1 - a) + x^alpha (1 - v) a),  turnout 1 - (1 - x) (1 - a).
struct Stuffed {
  double votes = 0;
  double turnout = 0;
};
Stuffed stuffed(double electors, double a, double v, double x, double alpha);

// Statistic: correlation of turnout and share, both standardised within the neighbourhood. What an
// innocent election shows is not known; `expected` is 0, of turnout and choice being unrelated
// there. No p. `more`: "skewness" and "kurtosis" of ln((N - W) / W), which the authors look at.
Measured fingerprint(const Stations& stations);

// At a tenth of the stations the mechanism, alpha 1.5, x even between 0 and 1/2.
void stuff(Stations& stations, Chance& chance);

}  // namespace scr::forensics
