// SPDX-License-Identifier: Apache-2.0
//
// Which of many pictures are the same photograph again.
//
//   for (const std::vector<std::size_t>& group : near_repeats(pictures)) ...
//
// Two fingerprints that differ in at most 15 bits agree in one of 16 sixteenths at least, so only
// those that share a sixteenth are compared (multi-index hashing: Norouzi, Punjani, Fleet 2012).
//
// Pure: the same fingerprints in any order give the same groups. Any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "likeness/fingerprint.h"

namespace scr::likeness {

// Bits by which a picture and its repeat may differ. Chosen by bench/likeness_bench on generated
// sheets of 2024 (24 of each of nine classes): no two different sheets that were scanned or
// photographed were nearer than 25; files compressed again, or made smaller to 1280 pixels, stayed
// within 17, nineteen in twenty within 13. Sheets drawn by a program, each in the same place to the
// pixel, were as near as 3: what is known to differ must be kept apart by Likeness::sheet. The
// whole table: docs/findings.md, "Near repeats".
inline constexpr int kNearRepeat = 15;

// A picture among others.
struct Likeness {
  Fingerprint print;
  std::uint32_t sheet = 0;  // which it is known to show, by any numbering; 0: nobody knows
};

// Groups of two and more, by position, ascending, the groups by their first. Chains count: a group
// holds whatever is near to any of it; but two that are known to show different sheets are not
// joined by their own likeness. Many pictures that are all alike, of sheets that are known or of
// nothing, take no longer than others.
std::vector<std::vector<std::size_t>> near_repeats(std::span<const Likeness> pictures);

}  // namespace scr::likeness
