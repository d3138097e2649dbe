// SPDX-License-Identifier: Apache-2.0
//
// The accepted figures of one station. Which transcription becomes one is decided in accept.h.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "election/geography.h"
#include "election/ids.h"
#include "election/votes.h"

namespace scr::review {

struct StationReturn {
  election::StationId station;
  election::UnitOrdinal unit;                 // the lowest unit it lies in
  std::optional<election::Votes> registered;  // electors of the station, if anybody says
  election::Votes valid;
  election::Votes null;
  election::Votes invalid;
  std::vector<election::Votes> votes;   // in the order of Definition::options
  std::uint64_t basis = 0;              // index of the log entry whose figures these are
  std::uint32_t agreeing = 1;           // sources that say the same, that of `basis` included
  std::vector<std::uint64_t> borne_by;  // every entry that says the same and counts, ascending
};

// Ballots in the box, as the sheet has it: valid + null + invalid.
inline std::int64_t cast(const StationReturn& station_return) {
  return station_return.valid.count() + station_return.null.count() +
         station_return.invalid.count();
}

}  // namespace scr::review
