// SPDX-License-Identifier: Apache-2.0
#include "judge/model_estimate.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/int128.h"

namespace scr::judge {
namespace {

using election::RosterStation;
using election::UnitOrdinal;
using review::StationReturn;

// A unit of the first level, and a class of size; size -1: all sizes; the country: all units.
using Stratum = std::pair<std::uint32_t, int>;
constexpr int kAllSizes = -1;

// Votes of counted stations, and their electors.
struct Counted {
  std::int64_t registered = 0;
  std::int64_t valid = 0;
  std::vector<std::int64_t> votes;
};

class Strata {
 public:
  Strata(const election::Geography& geography, const election::Roster& roster)
      : geography_(geography) {
    std::vector<std::int64_t> sizes;
    for (const RosterStation& station : roster.stations) {
      sizes.push_back(station.registered->count());
    }
    std::sort(sizes.begin(), sizes.end());
    for (std::size_t i = 0; i < cuts_.size(); ++i) cuts_[i] = sizes[(i + 1) * sizes.size() / 4];
  }

  Stratum of(const RosterStation& station) const {
    const UnitOrdinal unit = geography_.ancestor_at(station.unit, 1).value_or(country());
    const std::int64_t size = station.registered->count();
    const auto above =
        std::count_if(cuts_.begin(), cuts_.end(), [&](std::int64_t cut) { return size >= cut; });
    return {unit.value(), static_cast<int>(above)};
  }

  UnitOrdinal country() const { return geography_.country(); }

 private:
  const election::Geography& geography_;
  std::array<std::int64_t, 3> cuts_{};
};

void add(const StationReturn& figures, std::int64_t registered, Counted& sum) {
  sum.registered += registered;
  sum.valid += figures.valid.count();
  sum.votes.resize(figures.votes.size());
  for (std::size_t i = 0; i < figures.votes.size(); ++i) sum.votes[i] += figures.votes[i].count();
}

// electors * votes / registered, half up.
std::int64_t scaled(std::int64_t electors, std::int64_t votes, std::int64_t registered) {
  const Int128 twice = 2 * static_cast<Int128>(electors) * votes + registered;
  return static_cast<std::int64_t>(twice / (2 * static_cast<Int128>(registered)));
}

bool says_all_electors(const election::Roster& roster) {
  return std::all_of(roster.stations.begin(), roster.stations.end(),
                     [](const RosterStation& station) { return station.registered.has_value(); });
}

}  // namespace

Result<ModelEstimate> estimate_missing(const election::Definition& definition,
                                       const election::Geography& geography,
                                       const election::Roster* roster,
                                       std::span<const StationReturn> returns) {
  if (!roster || roster->stations.empty() || !definition.roster_complete ||
      !says_all_electors(*roster)) {
    return fail(ErrorCode::unsupported,
                "a model of the missing needs a complete roster with the electors of every "
                "station: nobody says here where and how large the missing ones are");
  }
  const Strata strata(geography, *roster);
  std::map<Stratum, Counted> counted;
  std::map<Stratum, std::int64_t> missing;  // electors
  ModelEstimate out;
  out.votes.resize(definition.options.size());
  std::size_t next = 0;
  for (const RosterStation& station : roster->stations) {  // both are sorted by station
    while (next < returns.size() && returns[next].station < station.id) ++next;
    const Stratum own = strata.of(station);
    const std::int64_t electors = station.registered->count();
    if (next == returns.size() || returns[next].station != station.id) {
      ++out.stations_missing;
      out.missing_registered += electors;
      missing[own] += electors;
      continue;
    }
    // Where a stratum has nobody counted, its unit speaks for it, and then the country.
    add(returns[next], electors, counted[own]);
    add(returns[next], electors, counted[{own.first, kAllSizes}]);
    if (own.first != strata.country().value()) {
      add(returns[next], electors, counted[{strata.country().value(), kAllSizes}]);
    }
  }
  for (const auto& [stratum, sum] : counted) out.strata += stratum.second != kAllSizes;
  if (counted.empty()) return fail(ErrorCode::unsupported, "no return counts: nothing to go by");
  for (const StationReturn& figures : returns) {
    out.valid += figures.valid.count();
    for (std::size_t i = 0; i < out.votes.size(); ++i) out.votes[i] += figures.votes[i].count();
  }
  for (const auto& [stratum, electors] : missing) {
    auto like = counted.find(stratum);
    if (like == counted.end()) {
      out.registered_without_like += electors;
      like = counted.find({stratum.first, kAllSizes});
    }
    if (like == counted.end()) like = counted.find({strata.country().value(), kAllSizes});
    const Counted& sum = like->second;
    if (sum.registered == 0) continue;  // electors nobody had: nothing to scale by
    out.valid += scaled(electors, sum.valid, sum.registered);
    for (std::size_t i = 0; i < out.votes.size(); ++i) {
      out.votes[i] += scaled(electors, sum.votes[i], sum.registered);
    }
  }
  return out;
}

}  // namespace scr::judge
