// SPDX-License-Identifier: Apache-2.0
//
// What the missing stations would add if they voted as the counted ones like them. A model, not a
// result: nothing was sampled, so no error of sampling can be given, and nothing proves the
// assumption. It comes after the bounds (outcome.h) and the curve (sensitivity.h), never before.
//
//   SCR_TRY(model, judge::estimate_missing(definition, geography, roster, returns));
//
// The assumption: which stations are missing has nothing to do with how they voted, once the unit
// below the country and the size of the station are known (missing at random). The method: post-
// stratification by both; docs/statistics.md, "A model of the missing".
//
// Pure; any thread. Whole numbers; each stratum rounded by itself.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "election/geography.h"
#include "election/roster.h"
#include "review/station_return.h"

namespace scr::judge {

struct ModelEstimate {
  std::int64_t strata = 0;              // with counted stations
  std::int64_t stations_missing = 0;    // that the model speaks of
  std::int64_t missing_registered = 0;  // their electors
  // Of these, electors of strata without any counted station: taken as those of the unit, or of
  // the country.
  std::int64_t registered_without_like = 0;
  std::vector<std::int64_t> votes;  // counted and modelled, in the definition's order
  std::int64_t valid = 0;           // the same of valid votes
};

// Strata: the first level of units, times four classes of size, cut at the quartiles of electors of
// all stations that the roster lists. A missing station adds its electors times votes per elector
// of the counted stations of its stratum.
//
// Fails with unsupported if the roster is not complete or does not say how many electors every
// station has, or if no return with electors counts.
Result<ModelEstimate> estimate_missing(const election::Definition& definition,
                                       const election::Geography& geography,
                                       const election::Roster* roster,
                                       std::span<const review::StationReturn> returns);

}  // namespace scr::judge
