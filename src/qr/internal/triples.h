// SPDX-License-Identifier: Apache-2.0
//
// Three finders that may be those of one symbol, and the first grid that follows from them.

#pragma once

#include <optional>
#include <vector>

#include "qr/internal/finders.h"
#include "qr/internal/grid.h"

namespace scr::qr {

struct Triple {
  Finder top_left;
  Finder top_right;
  Finder bottom_left;
  double score = 0;  // less is better
};

// The same finders, those first that look most like finder patterns, turned in any way. Where noise
// or blur gives more places than triples are made of, it is not the lines that tell.
std::vector<Finder> by_looks(const image::Gray& picture, std::vector<Finder> finders);

// Likely ones first. At most the 14 best finders take part.
std::vector<Triple> triples_of(const std::vector<Finder>& finders);

// How much the three places look like finder patterns: the mean of three correlations, -1 .. 1. A
// look of a few hundred points, before anything costs more.
double finders_seen(const image::Gray& picture, const Triple& triple);

// From two finders: where the third would be, were it not covered or torn. Likely ones first.
struct Guess {
  Triple triple;
  Finder Triple::*third = nullptr;  // which of the three was guessed
};
std::vector<Guess> guessed_triples(const std::vector<Finder>& finders);

// The same with the third where a finder pattern is seen near the guess; nothing if none is.
std::optional<Triple> seen_third(const image::Gray& picture, const Guess& guess);

// From one finder: places along its sides, to the four winds, that look most like finders, however
// damaged. The first is the finder itself. Turned by some 15 degrees at the most.
std::vector<Finder> companions_of(const image::Gray& picture, const Finder& finder);

// The two versions whose timing patterns fit best, best first, and that which the finders' size
// tells.
std::vector<int> versions_of(const image::Gray& picture, const Triple& triple);

// The corner opposite where the three finders alone put it.
Grid affine_grid(const Triple& triple, int version);
// With the alignment pattern opposite, where it can be seen.
Grid first_grid(const image::Gray& picture, const Triple& triple, int version);

}  // namespace scr::qr
