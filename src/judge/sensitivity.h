// SPDX-License-Identifier: Apache-2.0
//
// How the national margin depends on what is on the sheets that are missing: a line, not a
// forecast.
//
// If a share c of the missing electors voted, and the rival beat the leader there by a gap g of
// their votes (-1: all for the leader, 1: all for the rival), the margin is
//
//   (w - l) - g * c * missing.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>

#include "base/fraction.h"
#include "election/votes.h"

namespace scr::judge {

// Nothing only if the exact value does not fit.
inline std::optional<Fraction> margin_at(election::VoteMargin counted, std::int64_t missing,
                                         const Fraction& cap, const Fraction& gap) {
  const auto share = multiply(cap, gap);
  const auto change = share ? multiply(*share, Fraction(missing)) : std::nullopt;
  return change ? subtract(Fraction(counted), *change) : std::nullopt;
}

// The gap at which the margin is zero; beyond 1 it cannot be reached. Nothing if nothing is
// missing.
inline std::optional<Fraction> break_even_gap(election::VoteMargin counted, std::int64_t missing,
                                              const Fraction& cap) {
  if (missing == 0) return std::nullopt;
  const auto inverse = Fraction::of(cap.denominator(), cap.numerator());
  const auto gap = Fraction::of(counted, missing);
  return inverse && gap ? multiply(*gap, *inverse) : std::nullopt;
}

}  // namespace scr::judge
