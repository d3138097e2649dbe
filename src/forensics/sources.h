// SPDX-License-Identifier: Apache-2.0
//
// Which sources of returns copy one another. That two sources agree says nothing: both may have
// read the same sheet well. That they make the same mistakes does. A mistake is counted only where
// it can be known for one without believing either: what a picture of the sheet, read by this
// program, does not say.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "election/ids.h"
#include "forensics/chance.h"
#include "review/station_return.h"

namespace scr::forensics {

// What one source says, station by station, whether or not it counts.
struct SourceReturns {
  election::SourceId source;
  bool pictures = false;                       // read off pictures by this program
  std::vector<review::StationReturn> returns;  // sorted by station, each once
};

struct SourcePair {
  election::SourceId a, b;
  std::int64_t joined = 0;  // stations of which a, b and a picture speak
  std::int64_t same = 0;    // stations of which a and b speak, with the same ballots
  std::int64_t both = 0;    // stations of which a and b speak
  std::int64_t only_a = 0;
  std::int64_t only_b = 0;
  std::int64_t wrong_a = 0;  // of `joined`: not what the picture says
  std::int64_t wrong_b = 0;
  std::int64_t wrong_alike = 0;  // both wrong, with the same ballots
  double expected = 0;           // stations at which both are wrong by chance: hypergeometric mean
  // P(so many stations at which both are wrong, alike or not) if mistakes fall independently.
  // Nothing if one of them made none, or nothing is joined.
  std::optional<double> p;
};

// Every pair of sources that are not pictures, in the order given.
std::vector<SourcePair> compare_sources(std::span<const SourceReturns> sources);

// Controls: `count` stations read well, with mistakes of their own in one of `every`; in the second
// pair, b has half of the mistakes of a instead of its own.
std::vector<SourceReturns> two_that_typed_apart(std::int64_t count, std::int64_t every,
                                                Chance& chance);
std::vector<SourceReturns> one_that_copied(std::int64_t count, std::int64_t every, Chance& chance);

}  // namespace scr::forensics
