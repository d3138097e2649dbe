// SPDX-License-Identifier: Apache-2.0
//
// What returns that happen to have been found say of those that have not. They are no sample, so no
// sampling error is ever given: after the certain bounds (judge/outcome.h) and the sensitivity
// curve (judge/sensitivity.h) comes one model, called a model, under an assumption that nothing in
// the data can test: that within a cell (units of a level, by thirds of station size) the missing
// voted like the found ("missing at random").
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "election/definition.h"
#include "election/geography.h"
#include "election/roster.h"
#include "review/station_return.h"

namespace scr::quickcount {

struct ModelShares {
  std::vector<double> shares;      // by option, of all valid votes
  std::int64_t cells = 0;          // that have electors
  std::int64_t cells_without = 0;  // of these, without any return: filled as the whole country
  double electors_filled = 0;      // electors of missing stations, as a part of all
};

// `roster` gives the stations and their electors; stations of which it does not say how many are
// passed over. `depth`: of the units whose stations make cells. Nothing if no station of the roster
// has both electors and a return with votes.
std::optional<ModelShares> as_if_missing_at_random(const election::Definition& definition,
                                                   const election::Geography& geography,
                                                   const election::Roster& roster,
                                                   std::span<const review::StationReturn> returns,
                                                   std::uint32_t depth);

}  // namespace scr::quickcount
