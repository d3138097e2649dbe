// SPDX-License-Identifier: Apache-2.0
#include "forensics/arrival.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "forensics/internal/distributions.h"
#include "forensics/internal/effect.h"

namespace scr::forensics {
namespace {

constexpr std::size_t kParts = 100;

Stations arrived(const Stations& stations) {
  Stations out;
  for (const Station& station : stations) {
    if (station.arrival > 0) out.push_back(station);
  }
  return out;
}

Stations ordered_by_size(Stations stations, bool largest) {
  std::stable_sort(stations.begin(), stations.end(), [&](const Station& a, const Station& b) {
    return largest ? a.electors > b.electors : a.electors < b.electors;
  });
  return stations;
}

Stations by_arrival(Stations stations) {
  std::stable_sort(stations.begin(), stations.end(),
                   [](const Station& a, const Station& b) { return a.arrival < b.arrival; });
  return stations;
}

double share_of_prefix(const Stations& stations, std::size_t count) {
  const Share share = share_of(std::span(stations).first(count));
  return share.valid == 0 ? 0 : static_cast<double>(share.votes) / static_cast<double>(share.valid);
}

Curve curve_of(const char* name, const Stations& ordered) {
  Curve curve{name, {}};
  if (ordered.size() < kParts) return curve;
  Share share;
  std::size_t done = 0;
  for (std::size_t part = 1; part <= kParts; ++part) {
    for (; done < part * ordered.size() / kParts; ++done) {
      share.votes += ordered[done].votes;
      share.valid += ordered[done].valid;
    }
    curve.shares.push_back(static_cast<double>(share.votes) / static_cast<double>(share.valid));
  }
  return curve;
}

// The arrival from which on a station is in the later half.
std::uint64_t later_from(const Stations& stations) {
  std::vector<std::uint64_t> all;
  for (const Station& station : stations) all.push_back(station.arrival);
  std::sort(all.begin(), all.end());
  return all.empty() ? 0 : all[all.size() / 2];
}

}  // namespace

Measured arrival_order(const Stations& all) {
  const Stations stations = arrived(all);
  const std::uint64_t later = later_from(stations);
  std::vector<bool> marked;
  for (const Station& station : stations) marked.push_back(station.arrival >= later);
  const MarkedMean late = mean_of_marked(stations, marked);
  Measured out;
  out.units = static_cast<std::int64_t>(stations.size());
  out.statistic = late.mean;
  out.spread = late.spread;
  if (late.spread > 0) out.p = normal_two_sided(late.mean / late.spread);
  out.curves = curves_by_size(stations);
  out.curves.insert(out.curves.begin(), curve_of("arrival", by_arrival(stations)));
  return out;
}

double share_of_first(const Stations& stations, bool largest, std::int64_t part,
                      std::int64_t parts) {
  const std::int64_t count = static_cast<std::int64_t>(stations.size()) * part / parts;
  return share_of_prefix(ordered_by_size(stations, largest), static_cast<std::size_t>(count));
}

std::vector<Curve> curves_by_size(const Stations& stations) {
  return {curve_of("largest-first", ordered_by_size(stations, true)),
          curve_of("smallest-first", ordered_by_size(stations, false))};
}

// Fisher and Yates.
void shuffle_arrivals(Stations& stations, Chance& chance) {
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < stations.size(); ++i) {
    if (stations[i].arrival > 0) known.push_back(i);
  }
  for (std::size_t i = known.size(); i > 1; --i) {
    const auto other = static_cast<std::size_t>(chance.below(static_cast<std::int64_t>(i)));
    std::swap(stations[known[i - 1]].arrival, stations[known[other]].arrival);
  }
}

void lean_on_late_stations(Stations& stations, Chance&) {
  const std::uint64_t later = later_from(arrived(stations));
  for (Station& station : stations) {
    if (station.arrival >= later && station.arrival > 0) {
      station.votes += (station.valid - station.votes) / 5;
    }
  }
}

}  // namespace scr::forensics
