// SPDX-License-Identifier: Apache-2.0
//
// If a claim counted n of T stations and the sheets of P are at hand, at least o = n + P - T of
// these sheets are among those it counted, whichever they are. These are the extremes over every
// choice of them.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/fraction.h"

namespace scr::judge {

struct OverlapBound {
  std::int64_t least = 0;  // sum of the `overlap` smallest values
  // Smallest k such that the sum of the (overlap - k) smallest is at most what was claimed: if the
  // claim is true, at least so many of the sheets are false. 0 if the claim is not below the bound.
  std::int64_t sheets_false_at_least = 0;
};

// REQUIRES: 0 <= overlap <= values.size(), claimed >= 0, values >= 0.
OverlapBound overlap_bound(std::vector<std::int64_t> values, std::int64_t overlap,
                           std::int64_t claimed);

// The largest value of (sum of votes over S + missing) / (sum of valid over S + missing) over all
// sets S of at least `overlap` sheets; nothing if that has no votes at all. The second: the
// smallest of (sum of votes over S) / (sum of valid over S + missing). Exact, by Dinkelbach's
// iteration: for a trial share x the best S takes the sheets with the largest votes - x * valid,
// and the share of that S is the next trial; it rises (falls) until it stays.
//
// REQUIRES: as many `votes` as `valid`, votes <= valid each, overlap <= their number, missing >= 0.
std::optional<Fraction> largest_share(std::span<const std::int64_t> votes,
                                      std::span<const std::int64_t> valid, std::int64_t overlap,
                                      std::int64_t missing);
std::optional<Fraction> smallest_share(std::span<const std::int64_t> votes,
                                       std::span<const std::int64_t> valid, std::int64_t overlap,
                                       std::int64_t missing);

}  // namespace scr::judge
