// SPDX-License-Identifier: Apache-2.0
#include "quickcount/found.h"

#include <algorithm>
#include <map>
#include <utility>

namespace scr::quickcount {
namespace {

struct Cell {
  double electors = 0;  // of all its stations
  double covered = 0;   // of those with a return
  double valid = 0;
  std::vector<double> votes;
};

// The two sizes between the thirds.
std::pair<std::int64_t, std::int64_t> thirds(const election::Roster& roster) {
  std::vector<std::int64_t> sizes;
  for (const auto& station : roster.stations) {
    if (station.registered) sizes.push_back(station.registered->count());
  }
  std::sort(sizes.begin(), sizes.end());
  if (sizes.empty()) return {0, 0};
  return {sizes[sizes.size() / 3], sizes[2 * sizes.size() / 3]};
}

void add(Cell& cell, const review::StationReturn& one, double electors) {
  cell.covered += electors;
  cell.valid += static_cast<double>(one.valid.count());
  for (std::size_t o = 0; o < cell.votes.size(); ++o)
    cell.votes[o] += static_cast<double>(one.votes[o].count());
}

}  // namespace

std::optional<ModelShares> as_if_missing_at_random(const election::Definition& definition,
                                                   const election::Geography& geography,
                                                   const election::Roster& roster,
                                                   std::span<const review::StationReturn> returns,
                                                   std::uint32_t depth) {
  const auto [small, large] = thirds(roster);
  const Cell empty{0, 0, 0, std::vector<double>(definition.options.size(), 0.0)};
  std::map<std::pair<std::uint32_t, int>, Cell> cells;
  Cell country = empty;
  for (const auto& station : roster.stations) {
    if (!station.registered || station.registered->count() == 0) continue;
    const std::int64_t size = station.registered->count();
    const auto unit = geography.ancestor_at(station.unit, depth).value_or(station.unit);
    const int third = size < small ? 0 : size < large ? 1 : 2;
    Cell& cell = cells.try_emplace({unit.value(), third}, empty).first->second;
    const double electors = static_cast<double>(size);
    cell.electors += electors;
    country.electors += electors;
    const auto found =
        std::lower_bound(returns.begin(), returns.end(), station.id,
                         [](const review::StationReturn& r, const election::StationId& id) {
                           return r.station < id;
                         });
    if (found == returns.end() || found->station != station.id) continue;
    add(cell, *found, electors);
    add(country, *found, electors);
  }
  if (country.covered <= 0 || country.valid <= 0) return std::nullopt;
  ModelShares model;
  model.shares.assign(definition.options.size(), 0);
  double valid = 0;
  for (const auto& [key, cell] : cells) {
    ++model.cells;
    const Cell& like = cell.covered > 0 ? cell : country;
    if (cell.covered <= 0) ++model.cells_without;
    const double missing = (cell.electors - cell.covered) / like.covered;
    valid += cell.valid + missing * like.valid;
    for (std::size_t o = 0; o < model.shares.size(); ++o)
      model.shares[o] += cell.votes[o] + missing * like.votes[o];
  }
  for (double& share : model.shares) share /= valid;
  model.electors_filled = (country.electors - country.covered) / country.electors;
  return model;
}

}  // namespace scr::quickcount
