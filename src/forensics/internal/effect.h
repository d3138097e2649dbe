// SPDX-License-Identifier: Apache-2.0
//
// Sums over stations that several tests need.

#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "forensics/station.h"

namespace scr::forensics {

struct Share {
  std::int64_t votes = 0;
  std::int64_t valid = 0;  // 0 only for no stations
};

inline Share share_of(std::span<const Station> stations) {
  Share share;
  for (const Station& station : stations) {
    share.votes += station.votes;
    share.valid += station.valid;
  }
  return share;
}

// The most votes that `excess` stations (rounded up; none if below 0) of these can hold: what
// stands out is so many stations, and nobody can say which.
inline std::int64_t votes_in_largest(std::vector<std::int64_t> counts, double excess) {
  const auto many = static_cast<std::int64_t>(std::ceil(std::max(0.0, excess - 1e-9)));
  std::sort(counts.begin(), counts.end(), std::greater<>());
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < counts.size() && static_cast<std::int64_t>(i) < many; ++i) {
    sum += counts[i];
  }
  return sum;
}

// How far each station's share is from the mean of its neighbourhood, in the neighbourhood's own
// standard deviations: their squares there add up to the number of stations. 0, and not `placed`,
// where a neighbourhood has fewer than three stations or no spread.
struct Standardised {
  double z = 0;
  bool placed = false;
};
std::vector<Standardised> standardised_shares(const Stations& stations);

// The mean of the standardised shares of some stations, against drawing as many from each
// neighbourhood blindly: its mean is then 0. The spread is the larger of two: the exact one of
// drawing blindly, and the one that the neighbourhoods show among themselves, which is larger where
// the marked stations scatter more than the others, as small ones do.
struct MarkedMean {
  std::int64_t stations = 0;  // marked, in neighbourhoods with others too
  double mean = 0;
  double spread = 0;  // 0 if there is nothing to compare
};
// REQUIRES: as many marks as stations.
MarkedMean mean_of_marked(const Stations& stations, const std::vector<bool>& marked);

}  // namespace scr::forensics
