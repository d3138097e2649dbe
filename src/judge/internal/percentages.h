// SPDX-License-Identifier: Apache-2.0
//
// Percentages as people announce them: rounded to the digits that they show.

#pragma once

#include <cstdint>
#include <utility>

#include "base/fraction.h"
#include "entry/claim.h"
#include "judge/claim_checks.h"

namespace scr::judge {

// The true percentage lies in [first, second]: half a unit of the last digit to either side.
// Closed, since nobody says how a half was rounded. Never below 0 or above 100.
std::pair<Fraction, Fraction> range_of(const entry::Announced& percent);

// True if `percent` may be the rounding of `exact` (both out of 100).
bool is_rounding_of(const entry::Announced& percent, const Fraction& exact);

// ceil and floor of fraction * total / divisor, exactly. REQUIRES: all >= 0, divisor > 0.
std::int64_t ceil_of(const Fraction& fraction, std::int64_t total, std::int64_t divisor);
std::int64_t floor_of(const Fraction& fraction, std::int64_t total, std::int64_t divisor);

Check check_turnout(const election::Definition& definition, const entry::Claim& claim,
                    const Premises& premises);
Check check_derived_from_percent(const election::Definition& definition, const entry::Claim& claim);

}  // namespace scr::judge
