// SPDX-License-Identifier: Apache-2.0
//
// One source's figures for one station, before it is decided whether they count.

#pragma once

#include <cstdint>
#include <span>

#include "review/station_return.h"

namespace scr::review {

// Position of a source in the list of a record's sources, in the order in which they came.
using SourceOrdinal = Id<struct SourceOrdinalKind, std::uint32_t>;

struct Transcript {
  StationReturn figures;  // `basis` is the entry that holds them
  SourceOrdinal source;
};

// True if both say the same ballots. The number of electors may differ: it is no count of votes.
bool same_count(const StationReturn& a, const StationReturn& b);

}  // namespace scr::review
