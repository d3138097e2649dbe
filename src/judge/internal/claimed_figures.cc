// SPDX-License-Identifier: Apache-2.0
#include "judge/internal/claimed_figures.h"

#include <algorithm>
#include <set>

#include "judge/internal/percentages.h"

namespace scr::judge {

std::optional<std::int64_t> votes_under(const entry::Claim& claim, const std::string& label) {
  for (const auto& claimed : claim.votes) {
    if (claimed.label == label) return claimed.value.count();
  }
  return std::nullopt;
}

std::optional<std::int64_t> votes_of_options(const entry::Claim& claim,
                                             std::span<const election::OptionId> options) {
  const std::set<election::OptionId> wanted(options.begin(), options.end());
  std::set<election::OptionId> found;
  std::int64_t sum = 0;
  for (const auto& claimed : claim.votes) {
    const bool inside = std::all_of(claimed.options.begin(), claimed.options.end(),
                                    [&](const auto& option) { return wanted.count(option) > 0; });
    if (!inside) continue;
    sum += claimed.value.count();
    found.insert(claimed.options.begin(), claimed.options.end());
  }
  if (found != wanted) return std::nullopt;
  return sum;
}

bool covers_all_options(const election::Definition& definition, const entry::Claim& claim) {
  std::set<election::OptionId> found;
  for (const auto& claimed : claim.votes) {
    found.insert(claimed.options.begin(), claimed.options.end());
  }
  return found.size() == definition.options.size();
}

std::optional<TablesClaimed> tables_claimed(const entry::Claim& claim, const Premises& premises) {
  if (claim.tables) return TablesClaimed{claim.tables->count(), claim.tables->count()};
  if (!claim.tables_percent || !premises.stations) return std::nullopt;
  const std::int64_t total = premises.stations->value.count();
  const auto [low, high] = range_of(*claim.tables_percent);
  TablesClaimed tables{ceil_of(low, total, 100), floor_of(high, total, 100)};
  // A percentage finer than one station may round to none exactly: then its two neighbours.
  if (tables.least > tables.most) std::swap(tables.least, tables.most);
  tables.least = std::clamp<std::int64_t>(tables.least, 0, total);
  tables.most = std::clamp<std::int64_t>(tables.most, 0, total);
  return tables;
}

}  // namespace scr::judge
