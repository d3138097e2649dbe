// SPDX-License-Identifier: Apache-2.0
//
// Two sets of returns for the same election, station by station: where both speak, do they say the
// same? Says nothing of which one is right.
//
//   Comparison comparison = compare(definition, of_one_source, of_another);
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "election/definition.h"
#include "election/ids.h"
#include "review/station_return.h"

namespace scr::tally {

// One figure on which the two differ. `field` is an option's id, or "valid", "null", "invalid",
// "registered"; an option that happens to have one of these ids is "votes.<id>".
struct Difference {
  std::string field;
  std::int64_t a = 0;
  std::int64_t b = 0;
};

struct DifferingStation {
  election::StationId station;
  std::vector<Difference> differences;  // options in the definition's order, then the other figures
};

struct Comparison {
  std::int64_t joined = 0;  // stations that both have; equal + differ.size()
  std::int64_t equal = 0;   // of these, with every figure the same
  std::vector<DifferingStation> differ;
  std::vector<election::StationId> only_a;
  std::vector<election::StationId> only_b;
};

// All lists are sorted by station. The number of electors is compared only where both say it: it
// is no count of votes, and one that is silent does not contradict.
//
// REQUIRES: `a` and `b` sorted by station, each station once, as many votes as the definition has
// options.
Comparison compare(const election::Definition& definition, std::span<const review::StationReturn> a,
                   std::span<const review::StationReturn> b);

}  // namespace scr::tally
