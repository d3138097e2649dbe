// SPDX-License-Identifier: Apache-2.0
#include "forensics/station.h"

#include <algorithm>
#include <tuple>

namespace scr::forensics {
namespace {

template <class List, class Span>
std::vector<Span> runs_of(List& stations, std::uint32_t Station::*place) {
  std::vector<Span> runs;
  for (std::size_t begin = 0; begin < stations.size();) {
    std::size_t end = begin + 1;
    while (end < stations.size() && stations[end].*place == stations[begin].*place) ++end;
    runs.push_back(Span(stations).subspan(begin, end - begin));
    begin = end;
  }
  return runs;
}

}  // namespace

Stations stations_of(const election::Definition& definition, const election::Geography& geography,
                     std::span<const review::StationReturn> returns, const Arrivals& arrivals,
                     std::size_t option) {
  Stations stations;
  stations.reserve(returns.size());
  for (const review::StationReturn& figures : returns) {
    Station station;
    station.valid = figures.valid.count();
    station.votes = figures.votes[option].count();
    if (station.valid == 0 || station.votes > station.valid) continue;
    station.centre = figures.unit.value();
    station.neighbourhood = geography.unit(figures.unit).parent.value();
    station.electors = figures.registered ? figures.registered->count() : 0;
    station.cast = review::cast(figures);
    const auto arrival = arrivals.find(figures.station);
    station.arrival = arrival == arrivals.end() ? 0 : arrival->second;
    // A station that lies in no unit of the lowest level has no centre to be compared in.
    const bool placed = geography.unit(figures.unit).depth == definition.levels.size();
    if (!placed) station.neighbourhood = station.centre;
    stations.push_back(station);
  }
  std::stable_sort(stations.begin(), stations.end(), [](const Station& a, const Station& b) {
    return std::tie(a.neighbourhood, a.centre) < std::tie(b.neighbourhood, b.centre);
  });
  return stations;
}

Stations turnout_of(const Stations& stations) {
  Stations out;
  for (Station station : stations) {
    if (station.electors == 0 || station.cast > station.electors) continue;
    station.valid = station.electors;
    station.votes = station.cast;
    out.push_back(station);
  }
  return out;
}

std::vector<std::span<const Station>> groups(const Stations& stations,
                                             std::uint32_t Station::*place) {
  return runs_of<const Stations, std::span<const Station>>(stations, place);
}

std::vector<std::span<Station>> groups(Stations& stations, std::uint32_t Station::*place) {
  return runs_of<Stations, std::span<Station>>(stations, place);
}

}  // namespace scr::forensics
