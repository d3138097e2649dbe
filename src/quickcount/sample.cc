// SPDX-License-Identifier: Apache-2.0
#include "quickcount/sample.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "audit/sampler.h"
#include "base/int128.h"

namespace scr::quickcount {

Result<std::vector<RosterStratum>> strata_of(const election::Definition& definition,
                                             const election::Geography& geography,
                                             const election::Roster& roster,
                                             const election::LevelId& level) {
  std::uint32_t depth = 0;
  if (level.value() != "country") {
    const auto position = definition.level_position(level);
    if (!position) {
      std::string known = "country";
      for (const auto& each : definition.levels) known += ", " + each.id.value();
      return fail(ErrorCode::bad_input, "no such level; there are " + known, level.value());
    }
    depth = static_cast<std::uint32_t>(*position + 1);
  }
  std::map<std::string, RosterStratum> by_id;
  for (std::size_t i = 0; i < roster.stations.size(); ++i) {
    const election::UnitOrdinal own = roster.stations[i].unit;
    const auto unit = geography.ancestor_at(own, depth).value_or(own);
    const std::string& id = geography.unit(unit).id.value();
    RosterStratum& stratum = by_id[id];
    stratum.id = id;
    stratum.stations.push_back(i);
  }
  std::vector<RosterStratum> strata;
  for (auto& [id, stratum] : by_id) strata.push_back(std::move(stratum));
  return strata;
}

std::vector<std::int64_t> allocate(std::span<const RosterStratum> strata, std::int64_t size) {
  std::int64_t all = 0;
  for (const RosterStratum& stratum : strata)
    all += static_cast<std::int64_t>(stratum.stations.size());
  size = std::min(size, all);
  std::vector<std::int64_t> sizes;
  std::vector<std::pair<std::int64_t, std::size_t>> remainders;
  std::int64_t given = 0;
  for (std::size_t h = 0; h < strata.size(); ++h) {
    const Int128 product = Int128(size) * static_cast<std::int64_t>(strata[h].stations.size());
    sizes.push_back(static_cast<std::int64_t>(product / all));
    remainders.emplace_back(-static_cast<std::int64_t>(product % all), h);
    given += sizes.back();
  }
  std::sort(remainders.begin(), remainders.end());
  for (std::size_t i = 0; given < size; ++i, ++given) ++sizes[remainders[i].second];
  for (std::size_t h = 0; h < strata.size(); ++h) {
    const auto there = static_cast<std::int64_t>(strata[h].stations.size());
    sizes[h] = std::min(there, std::max<std::int64_t>(sizes[h], 2));
  }
  return sizes;
}

std::vector<Chosen> sample_of(std::span<const RosterStratum> strata,
                              std::span<const std::int64_t> sizes, const std::string& seed) {
  std::vector<Chosen> sample;
  for (std::size_t h = 0; h < strata.size(); ++h) {
    const auto& stations = strata[h].stations;
    for (std::int64_t drawn : audit::cryptorandom_sample(
             seed + "/" + strata[h].id, static_cast<std::int64_t>(stations.size()), sizes[h])) {
      sample.push_back({h, stations[static_cast<std::size_t>(drawn)]});
    }
  }
  return sample;
}

}  // namespace scr::quickcount
