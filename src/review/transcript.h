// SPDX-License-Identifier: Apache-2.0
//
// One source's figures for one station, before it is decided whether they count.

#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/sha256.h"
#include "likeness/fingerprint.h"
#include "review/station_return.h"

namespace scr::review {

// Position of a source in the list of a record's sources, in the order in which they came.
using SourceOrdinal = Id<struct SourceOrdinalKind, std::uint32_t>;

// Where figures were read off a picture by a machine: what that is worth.
struct FromPicture {
  Digest sha256;  // of the picture
  likeness::Fingerprint fingerprint;
  std::uint64_t compared = 0;  // printed numbers that were compared with the code
  bool jointly = false;        // the code was read with help of the print
};

struct Transcript {
  StationReturn figures;  // `basis` is the entry that holds them
  SourceOrdinal source;
  std::optional<FromPicture> picture;  // nothing: a person, or somebody's program, typed it
};

// True if both say the same ballots. The number of electors may differ: it is no count of votes.
bool same_count(const StationReturn& a, const StationReturn& b);

}  // namespace scr::review
