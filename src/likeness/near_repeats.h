// SPDX-License-Identifier: Apache-2.0
//
// Which of many pictures are the same photograph again.
//
//   for (const std::vector<std::size_t>& group : near_repeats(fingerprints, may_be)) ...
//
// Two fingerprints that differ in at most 15 bits agree in one of 16 sixteenths at least, so only
// those that share a sixteenth are compared (multi-index hashing: Norouzi, Punjani, Fleet 2012).
//
// Pure: the same fingerprints in any order give the same groups. Any thread.

#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "likeness/fingerprint.h"

namespace scr::likeness {

// Bits by which a picture and its repeat may differ. Chosen by bench/likeness_bench on generated
// sheets of 2024 (24 of each of nine classes): no two different sheets that were scanned or
// photographed were nearer than 25; files compressed again, or made smaller to 1280 pixels, stayed
// within 17, nineteen in twenty within 13. Sheets drawn by a program, each in the same place to the
// pixel, were as near as 3: what is known to differ must be kept apart by `may_be`. The whole
// table: docs/findings.md, "Near repeats".
inline constexpr int kNearRepeat = 15;

// Groups of two and more, by position, ascending, the groups by their first. Chains count: a group
// holds whatever is near to any of it. `may_be` (a, b): false for two that are known to be of
// different sheets, which are then not joined by their likeness alone; it must not care about the
// order of a and b.
std::vector<std::vector<std::size_t>> near_repeats(
    std::span<const Fingerprint> fingerprints,
    const std::function<bool(std::size_t, std::size_t)>& may_be);

}  // namespace scr::likeness
