// SPDX-License-Identifier: Apache-2.0
//
// The stations that owe a sheet, as the definition's roster lists them: a CSV file beside the
// definition with a header row. Columns: "station", then the id of every level (largest first;
// may be left out from the lowest up), then optionally "registered" and, for each level,
// "<level>_name".
//
// It may be absent, or partial; docs/election-definition.md says what then follows.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "election/geography.h"

namespace scr::election {

struct RosterStation {
  StationId id;
  UnitOrdinal unit;
  std::optional<Votes> registered;
};

struct Roster {
  std::vector<RosterStation> stations;  // sorted by id, each once

  const RosterStation* find(const StationId& id) const;  // null if not listed
};

// Reads the roster and grows `geography` by its units and names. All or nothing: a doubled station,
// a number that is none, a unit under two parents are bad_input with the line.
Result<Roster> parse_roster(std::string_view csv, const Definition& definition,
                            Geography& geography);

}  // namespace scr::election
