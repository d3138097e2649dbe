// SPDX-License-Identifier: Apache-2.0
//
// Returns as the tests look at them: one option against all others, station by station, with its
// place in two sizes.
//
//   const Stations stations = stations_of(definition, geography, returns, arrivals, option);
//   for (auto centre : groups(stations, &Station::centre)) ...
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "election/definition.h"
#include "election/geography.h"
#include "election/ids.h"
#include "review/station_return.h"

namespace scr::forensics {

struct Station {
  std::uint32_t centre = 0;         // the lowest unit that it lies in
  std::uint32_t neighbourhood = 0;  // the unit above that one
  std::int64_t electors = 0;        // 0: nobody says
  std::int64_t cast = 0;            // ballots: valid, null and invalid
  std::int64_t valid = 0;           // above 0
  std::int64_t votes = 0;           // of the option; at most `valid`
  std::uint64_t arrival = 0;        // when its sheet came in, seconds since 1970; 0: not known
};

// Sorted by neighbourhood, then centre.
using Stations = std::vector<Station>;

// When the sheet of each station came in, seconds since 1970 by the clock of whoever took it in;
// those of which nobody knows are not in it.
using Arrivals = std::map<election::StationId, std::uint64_t>;

// `option`: position in the definition's options. Left out are returns without valid votes and
// those that give the option more votes than are valid: there is nothing to compare them with.
Stations stations_of(const election::Definition& definition, const election::Geography& geography,
                     std::span<const review::StationReturn> returns, const Arrivals& arrivals,
                     std::size_t option);

// The same with turnout in the place of the votes: ballots cast among electors. Stations without a
// number of electors, or with more ballots than electors, are left out.
Stations turnout_of(const Stations& stations);

// Runs of stations that have the same `place`, in order.
std::vector<std::span<const Station>> groups(const Stations& stations,
                                             std::uint32_t Station::*place);
std::vector<std::span<Station>> groups(Stations& stations, std::uint32_t Station::*place);

}  // namespace scr::forensics
