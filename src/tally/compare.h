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
#include <set>
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
  // Stations of which one has several sets of figures: they are compared with nothing, and are not
  // among those that only the other has.
  std::vector<election::StationId> unclear_a;
  std::vector<election::StationId> unclear_b;
};

using Stations = std::set<election::StationId>;

// All lists are sorted by station. The number of electors is compared only where both say it: it
// is no count of votes, and one that is silent does not contradict.
//
// REQUIRES: `a` and `b` sorted by station, each station once and none that is unclear there, as
// many votes as the definition has options.
Comparison compare(const election::Definition& definition, std::span<const review::StationReturn> a,
                   std::span<const review::StationReturn> b, const Stations& unclear_a = {},
                   const Stations& unclear_b = {});

}  // namespace scr::tally
