// SPDX-License-Identifier: Apache-2.0
#include "forensics/centres.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "forensics/internal/distributions.h"
#include "forensics/internal/effect.h"

namespace scr::forensics {
namespace {

// What one centre adds to the sums.
struct Dispersion {
  double seen = 0;      // X2 (n - 1) / n
  double expected = 0;  // its mean
  double apart = 0;     // votes by which tables differ from the centre's share, half of the sum
};

// All or none of the votes: there is nothing that could differ.
bool is_mixed(const Share& share) {
  return share.votes > 0 && share.votes < share.valid;
}

Dispersion dispersion_of(std::span<const Station> centre) {
  const Share share = share_of(centre);
  if (centre.size() < 2 || !is_mixed(share)) return {};
  const auto n = static_cast<double>(share.valid);
  const double q = static_cast<double>(share.votes) / n;
  Dispersion out;
  for (const Station& table : centre) {
    const double mean = static_cast<double>(table.valid) * q;
    const double off = static_cast<double>(table.votes) - mean;
    out.seen += off * off / (mean * (1 - q));
    out.apart += std::fabs(off) / 2;
  }
  out.seen *= (n - 1) / n;
  out.expected = static_cast<double>(centre.size()) - 1;
  return out;
}

struct SizeClass {
  const char* label;
  std::size_t least, most;
};
constexpr std::array<SizeClass, 5> kTables{
    {{"2", 2, 2}, {"3", 3, 3}, {"4", 4, 4}, {"5-6", 5, 6}, {"7+", 7, ~std::size_t{0}}}};

constexpr std::array<std::int64_t, 4> kTieEdges{0, 400, 800, 1200};  // valid votes of the centre
constexpr std::array<const char*, 4> kTieLabels{"<400", "400-799", "800-1199", "1200+"};

std::size_t tie_class(std::int64_t valid) {
  std::size_t i = kTieEdges.size() - 1;
  while (valid < kTieEdges[i]) --i;
  return i;
}

bool is_pair(std::span<const Station> centre) {
  return centre.size() == 2;
}

double tie_probability(std::span<const Station> centre, Distribution& scratch) {
  const Share share = share_of(centre);
  if (share.votes % 2 != 0) return 0;
  hypergeometric(share.valid, share.votes, centre[0].valid, scratch);
  return scratch.of(share.votes / 2);
}

}  // namespace

Measured homogeneity(const Stations& stations) {
  std::vector<Dispersion> all;
  std::array<Dispersion, kTables.size()> by_size{};
  double apart = 0;
  Dispersion sum;
  for (const std::span<const Station> centre : groups(stations, &Station::centre)) {
    const Dispersion each = dispersion_of(centre);
    if (each.expected == 0) continue;
    all.push_back(each);
    sum.seen += each.seen;
    sum.expected += each.expected;
    apart += each.apart;
    for (std::size_t i = 0; i < kTables.size(); ++i) {
      if (centre.size() < kTables[i].least || centre.size() > kTables[i].most) continue;
      by_size[i].seen += each.seen;
      by_size[i].expected += each.expected;
    }
  }
  Measured out;
  out.units = static_cast<std::int64_t>(all.size());
  out.expected = 1;
  if (all.empty()) return out;
  out.statistic = sum.seen / sum.expected;
  double squares = 0;
  for (const Dispersion& each : all) {
    const double off = each.seen - out.statistic * each.expected;
    squares += off * off;
  }
  out.spread = std::sqrt(squares) / sum.expected;
  if (out.spread > 0) out.p = normal_two_sided((out.statistic - 1) / out.spread);
  if (out.statistic > 0) {
    const double surplus = std::fabs(1 - 1 / std::sqrt(out.statistic));
    out.effect_votes = static_cast<std::int64_t>(std::floor(apart * surplus + 0.5));
  }
  for (std::size_t i = 0; i < kTables.size(); ++i) {
    if (by_size[i].expected == 0) continue;
    out.bars.push_back({kTables[i].label, by_size[i].seen / by_size[i].expected, 1, 0});
  }
  return out;
}

Measured ties(const Stations& stations) {
  Measured out;
  std::vector<double> chances;
  std::vector<std::int64_t> tied;
  std::array<double, 4> seen{}, expected{}, variance{};
  Distribution scratch;
  for (const std::span<const Station> centre : groups(stations, &Station::centre)) {
    const Share share = share_of(centre);
    if (!is_pair(centre) || !is_mixed(share)) continue;
    const std::size_t size = tie_class(share.valid);
    const double chance = tie_probability(centre, scratch);
    ++out.units;
    chances.push_back(chance);
    out.expected += chance;
    expected[size] += chance;
    variance[size] += chance * (1 - chance);
    if (centre[0].votes != centre[1].votes) continue;
    tied.push_back(share.votes);
    seen[size] += 1;
  }
  out.statistic = static_cast<double>(tied.size());
  if (out.units == 0) return out;
  out.p = poisson_binomial_tail(chances, static_cast<std::int64_t>(tied.size()));
  out.effect_votes = votes_in_largest(tied, out.statistic - out.expected);
  for (std::size_t i = 0; i < kTieLabels.size(); ++i) {
    out.bars.push_back({kTieLabels[i], seen[i], expected[i], std::sqrt(variance[i])});
  }
  return out;
}

void deal_within_centres(Stations& stations, Chance& chance) {
  for (const std::span<Station> centre : groups(stations, &Station::centre)) {
    Share left = share_of(centre);
    for (Station& table : centre) {
      table.votes = chance.marked_among(left.valid, left.votes, table.valid);
      left.valid -= table.valid;
      left.votes -= table.votes;
    }
  }
}

void level_centres(Stations& stations, Chance& chance) {
  for (const std::span<Station> centre : groups(stations, &Station::centre)) {
    if (centre.size() < 2 || !chance.happens(1, 3)) continue;
    const Share share = share_of(centre);
    for (Station& table : centre) {
      table.votes = (2 * table.valid * share.votes + share.valid) / (2 * share.valid);
    }
  }
}

void tie_centres(Stations& stations, Chance& chance) {
  for (const std::span<Station> centre : groups(stations, &Station::centre)) {
    if (!is_pair(centre) || !chance.happens(1, 10)) continue;
    const std::int64_t half = share_of(centre).votes / 2;
    if (half <= std::min(centre[0].valid, centre[1].valid)) {
      centre[0].votes = centre[1].votes = half;
    }
  }
}

}  // namespace scr::forensics
