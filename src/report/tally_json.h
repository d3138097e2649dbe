// SPDX-License-Identifier: Apache-2.0
//
// `tally --json`: the count as data. Schema: schema/tally.json; fields: docs/json.md.
//
//   canon::write(tally_json(definition, geography, tallies, tally::units_at_depth(geography, 1)));
//
// Pure; any thread.

#pragma once

#include <span>

#include "canon/value.h"
#include "election/definition.h"
#include "election/geography.h"
#include "review/station_return.h"
#include "tally/tally.h"

namespace scr::report {

// One row for each of `units`, in their order.
canon::Value tally_json(const election::Definition& definition,
                        const election::Geography& geography, const tally::Tallies& tallies,
                        std::span<const election::UnitOrdinal> units);

// One row for each return, in their order: the station as the unit, at the level "station".
canon::Value tally_json(const election::Definition& definition,
                        const election::Geography& geography,
                        std::span<const review::StationReturn> returns);

}  // namespace scr::report
