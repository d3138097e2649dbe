// SPDX-License-Identifier: Apache-2.0
#include "forensics/small_stations.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

#include "forensics/internal/distributions.h"
#include "forensics/internal/effect.h"

namespace scr::forensics {
namespace {

std::vector<std::int64_t> sorted_electors(const Stations& stations) {
  std::vector<std::int64_t> electors;
  for (const Station& station : stations) {
    if (station.electors > 0) electors.push_back(station.electors);
  }
  std::sort(electors.begin(), electors.end());
  return electors;
}

bool is_small(const Station& station, std::int64_t below) {
  return station.electors > 0 && station.electors < below;
}

// The mean standardised share in each tenth of the stations by size.
std::vector<Bar> by_size(const Stations& stations) {
  const std::vector<std::int64_t> electors = sorted_electors(stations);
  const std::vector<Standardised> shares = standardised_shares(stations);
  std::vector<Bar> bars;
  for (std::size_t tenth = 0; tenth < 10; ++tenth) {
    const std::int64_t low = tenth == 0 ? 1 : electors[tenth * electors.size() / 10];
    const std::int64_t high =
        tenth == 9 ? electors.back() + 1 : electors[(tenth + 1) * electors.size() / 10];
    double sum = 0;
    double n = 0;
    for (std::size_t i = 0; i < stations.size(); ++i) {
      if (!shares[i].placed || stations[i].electors < low || stations[i].electors >= high) continue;
      sum += shares[i].z;
      n += 1;
    }
    if (n == 0) continue;
    bars.push_back(
        {std::to_string(low) + "-" + std::to_string(high - 1), sum / n, 0, 1 / std::sqrt(n)});
  }
  return bars;
}

// Votes by which small stations differ from the share of the others of their neighbourhood.
double difference_in_votes(const Stations& stations, std::int64_t below) {
  double sum = 0;
  for (const std::span<const Station> place : groups(stations, &Station::neighbourhood)) {
    Share others, small;
    for (const Station& station : place) {
      Share& side = is_small(station, below) ? small : others;
      side.votes += station.votes;
      side.valid += station.valid;
    }
    if (others.valid == 0 || small.valid == 0) continue;
    sum += static_cast<double>(small.votes) - static_cast<double>(small.valid) *
                                                  static_cast<double>(others.votes) /
                                                  static_cast<double>(others.valid);
  }
  return sum;
}

}  // namespace

std::int64_t small_below(const Stations& stations) {
  const std::vector<std::int64_t> electors = sorted_electors(stations);
  return electors.empty() ? 0 : electors[electors.size() / 10];
}

Measured small_stations(const Stations& stations) {
  Measured out;
  const std::int64_t below = small_below(stations);
  if (below == 0) return out;
  std::vector<bool> marked;
  for (const Station& station : stations) marked.push_back(is_small(station, below));
  const MarkedMean small = mean_of_marked(stations, marked);
  out.units = small.stations;
  out.statistic = small.mean;
  out.spread = small.spread;
  if (small.spread > 0) out.p = normal_two_sided(small.mean / small.spread);
  const double votes = std::fabs(difference_in_votes(stations, below));
  out.effect_votes = static_cast<std::int64_t>(std::floor(votes + 0.5));
  out.more = {{"small_below", static_cast<double>(below)}};
  out.bars = by_size(stations);
  return out;
}

void draw_from_neighbourhood(Stations& stations, Chance& chance) {
  for (const std::span<Station> place : groups(stations, &Station::neighbourhood)) {
    const Share share = share_of(place);
    for (Station& station : place) {
      station.votes = chance.successes(station.valid, share.votes, share.valid);
    }
  }
}

void lean_on_small_stations(Stations& stations, Chance&) {
  const std::int64_t below = small_below(stations);
  for (Station& station : stations) {
    if (is_small(station, below)) station.votes += (station.valid - station.votes) / 4;
  }
}

}  // namespace scr::forensics
