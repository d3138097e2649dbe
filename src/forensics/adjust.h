// SPDX-License-Identifier: Apache-2.0
//
// Many tests find something somewhere. Holm 1979: the smallest of m p-values times m, the next
// times m - 1, and so on, never less than the one before, at most 1. Whatever the tests have to do
// with one another, the chance that any innocent one falls below a level is at most that level.
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace scr::forensics {

// Adjusted values in the order of `p`. `registered`: how many were promised beforehand, at least as
// many as there are; those that could not be run count as 1, so nothing is gained by a refusal.
std::vector<double> adjusted_by_holm(std::span<const double> p, std::size_t registered);

}  // namespace scr::forensics
