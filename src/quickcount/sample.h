// SPDX-License-Identifier: Apache-2.0
//
// Which stations a quick count looks at: drawn from the roster by a public seed, before any count
// is known, so many from each stratum.
//
//   SCR_TRY(strata, strata_of(definition, geography, roster, election::LevelId("state")));
//   const auto sizes = allocate(strata, 600);
//   sample_of(strata, sizes, "3624156321...");
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "election/geography.h"
#include "election/roster.h"

namespace scr::quickcount {

// Stations of the roster that lie in one unit of the level.
struct RosterStratum {
  std::string id;                     // the unit's, or the country's
  std::vector<std::size_t> stations;  // positions in Roster::stations, ascending
};

// Ordered by id; every station in one of them. A station that lies in no unit of the level is in
// the stratum of the unit that it does lie in. `level`: "country" for a single stratum. bad_input
// if the definition has no such level.
Result<std::vector<RosterStratum>> strata_of(const election::Definition& definition,
                                             const election::Geography& geography,
                                             const election::Roster& roster,
                                             const election::LevelId& level);

// Proportional to the number of stations, by largest remainders (the earlier stratum where they are
// equal), but at least two in each, or all there are: without two, nothing can be said of how a
// stratum varies. So the sum may be a little above `size`.
std::vector<std::int64_t> allocate(std::span<const RosterStratum> strata, std::int64_t size);

struct Chosen {
  std::size_t stratum = 0;
  std::size_t station = 0;  // in Roster::stations
};

// From each stratum by cryptorandom (audit/sampler.h) with the seed "<seed>/<id of the stratum>",
// in the order of the draws, stratum after stratum. REQUIRES: sizes from allocate().
std::vector<Chosen> sample_of(std::span<const RosterStratum> strata,
                              std::span<const std::int64_t> sizes, const std::string& seed);

}  // namespace scr::quickcount
