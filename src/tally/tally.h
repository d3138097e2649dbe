// SPDX-License-Identifier: Apache-2.0
//
// Returns added up, for every unit of a level, never without saying how much of the whole they are.
//
//   SCR_TRY(tallies, tally::add_up(definition, geography, roster, returns));   // every unit at
//   once for (const Tally& t : tallies.at_depth(1)) ...
//
// Which reading becomes the return of a station is not decided here: review/accept.h.
//
// Pure: equal arguments give equal results on every machine. Any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "election/geography.h"
#include "election/roster.h"
#include "election/votes.h"
#include "review/station_return.h"

namespace scr::tally {

// How much of the whole a tally is. What nobody knows is nothing, not 0: without a roster the
// number of stations of a state may be unknown while the country's is published.
struct Coverage {
  std::optional<election::Votes> stations_expected;
  election::Votes stations_returned;
  std::optional<election::Votes> registered_total;
  // Electors of the stations returned. A return that does not say how many counts with the ballots
  // that were cast there (at least so many electors it must have had).
  election::Votes registered_covered;
};

struct Tally {
  election::UnitOrdinal unit;
  Coverage coverage;
  election::Votes valid;
  election::Votes null;
  election::Votes invalid;
  std::vector<election::Votes> votes;  // in the order of Definition::options
};

class Tallies {
 public:
  // One for each unit, in the order of Geography::units(): position = UnitOrdinal.
  std::span<const Tally> all() const { return tallies_; }
  const Tally& of(election::UnitOrdinal unit) const { return tallies_[unit.value()]; }
  const Tally& country() const { return tallies_.front(); }

  explicit Tallies(std::vector<Tally> tallies) : tallies_(std::move(tallies)) {}

 private:
  std::vector<Tally> tallies_;
};

// Units of `depth` (0 the country), ordered by id: the order in which rows are shown.
std::vector<election::UnitOrdinal> units_at_depth(const election::Geography& geography,
                                                  std::uint32_t depth);

// Adds up `returns`, at most one for each station, in one pass over them and one up the tree.
// `stations`/`electors`: the country's totals to measure coverage against, if known. `roster` may
// be null; its stations give the expected and registered totals of the units below the country
// (only if it is complete: otherwise those stay unknown).
//
// Fails with conflict if a station comes twice, with bad_input if a sum passes Votes::kMax, a
// return has another number of options than the definition or a unit that the geography lacks.
Result<Tallies> add_up(const election::Definition& definition, const election::Geography& geography,
                       const election::Roster* roster, std::optional<election::Votes> stations,
                       std::optional<election::Votes> electors,
                       std::span<const review::StationReturn> returns);

}  // namespace scr::tally
