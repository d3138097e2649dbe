// SPDX-License-Identifier: Apache-2.0
#include "audit/polling.h"

#include <algorithm>
#include <cmath>

#include "audit/numeric.h"
#include "base/check.h"
#include "base/elementary.h"

namespace scr::audit {
namespace {

// ln of BRAVO's factor for a ballot of the winner, of the loser.
struct Steps {
  double winner;
  double loser;
};

Steps steps_of(double share) {
  return {ln(2 * share), ln(2 * (1 - share))};
}

std::vector<double> binomial(std::int64_t n, double p) {
  std::vector<double> chances(static_cast<std::size_t>(n) + 1);
  for (std::int64_t k = 0; k <= n; ++k) {
    const double failures = k == n ? 0 : static_cast<double>(n - k) * ln(1 - p);
    const double successes = k == 0 ? 0 : static_cast<double>(k) * ln(p);
    chances[static_cast<std::size_t>(k)] = exp_of(ln_choose(n, k) + successes + failures);
  }
  return chances;
}

// The distribution of a sum of two independent counts.
std::vector<double> convolved(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> sum(a.size() + b.size() - 1);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == 0) continue;
    for (std::size_t j = 0; j < b.size(); ++j) sum[i + j] += a[i] * b[j];
  }
  return sum;
}

double tail(const std::vector<double>& chances, std::int64_t from) {
  double sum = 0;
  for (std::size_t k = chances.size();
       k-- > static_cast<std::size_t>(std::max<std::int64_t>(from, 0));)
    sum += chances[k];
  return sum;
}

// The ratio of tails falls with k: the fewest at which it is within the risk, or one too many.
std::int64_t least_that_stops(const std::vector<double>& if_tie,
                              const std::vector<double>& if_right, double risk) {
  double tie = 0;
  double right = 0;
  std::int64_t least = static_cast<std::int64_t>(if_tie.size());
  for (std::size_t k = if_tie.size(); k-- > 0;) {
    tie += if_tie[k];
    right += if_right[k];
    if (tie > risk * right) break;
    if (right > 0) least = static_cast<std::int64_t>(k);
  }
  return least;
}

void cut_from(std::vector<double>& chances, std::int64_t from) {
  for (std::size_t k = static_cast<std::size_t>(from); k < chances.size(); ++k) chances[k] = 0;
}

double minerva_chance(double share, double risk, std::int64_t n) {
  std::int64_t low = 0;  // fewest winners with tail(1/2) <= risk * tail(share), by bisection
  std::int64_t high = n + 1;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    const bool stops =
        binomial_upper_tail(n, 0.5, middle) <= risk * binomial_upper_tail(n, share, middle);
    if (middle > n || stops) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low > n ? 0 : binomial_upper_tail(n, share, low);
}

}  // namespace

double bravo_p(double share, Seen seen) {
  const Steps step = steps_of(share);
  const double winners = seen.winner == 0 ? 0 : static_cast<double>(seen.winner) * step.winner;
  const double losers = seen.loser == 0 ? 0 : static_cast<double>(seen.loser) * step.loser;
  return std::min(1.0, exp_of(-(winners + losers)));
}

std::optional<std::int64_t> bravo_expected(Shares shares, double risk) {
  if (shares.winner <= shares.loser) return std::nullopt;
  const Steps step = steps_of(shares.of_two());
  const double losers = shares.loser == 0 ? 0 : shares.loser * step.loser;
  const double drift = shares.winner * step.winner + losers;
  return static_cast<std::int64_t>(std::ceil((ln(1 / risk) + step.winner / 2) / drift));
}

std::int64_t bravo_round(Shares shares, double risk, double quantile, Seen seen) {
  SCR_CHECK(shares.winner > shares.loser && shares.loser > 0);
  const double share = shares.of_two();
  const Steps step = steps_of(share);
  const double threshold = ln(1 / risk) - (static_cast<double>(seen.winner) * step.winner +
                                           static_cast<double>(seen.loser) * step.loser);
  if (threshold <= 0) return 0;
  // A start by the normal approximation: the count at the quantile, n s + z sqrt(n s (1 - s)), is
  // to be what the threshold asks; a quadratic in n, of which the larger root is meant above 1/2.
  const double z = -normal_quantile(quantile);
  const double spread = share * (1 - share);
  const double f = threshold / (step.winner - step.loser);
  const double g = step.loser / (step.winner - step.loser) + share;
  const double b = -(z * z * spread + 2 * f * g);
  const double root = std::sqrt(std::max(0.0, b * b - 4 * g * g * f * f));
  const double start = (quantile > 0.5 ? -b + root : -b - root) / (2 * g * g);
  auto size = static_cast<std::int64_t>(std::max(0.0, std::floor(start)));
  BinomialQuantile exact(size, share, 1 - quantile);
  while (true) {
    const auto winners = static_cast<double>(exact.value());
    const double sum = winners * step.winner + (static_cast<double>(size) - winners) * step.loser;
    if (sum > threshold) break;
    ++size;
    exact.add_trial();
  }
  return static_cast<std::int64_t>(
      std::ceil(static_cast<double>(size) / (shares.winner + shares.loser)));
}

std::int64_t bravo_least(double share, double risk, std::int64_t n) {
  const Steps step = steps_of(share);
  const double least =
      (ln(1 / risk) - static_cast<double>(n) * step.loser) / (step.winner - step.loser);
  return static_cast<std::int64_t>(std::ceil(least - 1e-12));
}

std::optional<std::int64_t> bravo_sequential(double share, double risk, double quantile,
                                             std::int64_t limit) {
  const Steps step = steps_of(share);
  const double threshold = ln(1 / risk);
  // going[k]: not stopped yet, k of n for the winner. Kept between the lowest count that still has
  // weight and the line at which it stops.
  std::vector<double> going{1.0};
  std::int64_t lowest = 0;
  double stopped = 0;
  for (std::int64_t n = 1; n <= limit; ++n) {
    std::vector<double> next(going.size() + 1);
    for (std::size_t i = 0; i < going.size(); ++i) {
      next[i] += going[i] * (1 - share);
      next[i + 1] += going[i] * share;
    }
    while (!next.empty()) {
      const auto k = lowest + static_cast<std::int64_t>(next.size()) - 1;
      const double losers = k == n ? 0 : static_cast<double>(n - k) * step.loser;
      if (static_cast<double>(k) * step.winner + losers < threshold) break;
      stopped += next.back();
      next.pop_back();
    }
    if (stopped >= quantile) return n;
    std::size_t light = 0;
    while (light < next.size() && next[light] < 1e-18) ++light;
    next.erase(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(light));
    lowest += static_cast<std::int64_t>(light);
    going = std::move(next);
  }
  return std::nullopt;
}

double minerva_p(double share, double risk, std::span<const Seen> rounds) {
  std::vector<double> if_tie{1.0};
  std::vector<double> if_right{1.0};
  std::int64_t winners = 0;
  double p = 1;
  for (const Seen& round : rounds) {
    const std::int64_t n = round.winner + round.loser;
    winners += round.winner;
    if_tie = convolved(if_tie, binomial(n, 0.5));
    if_right = convolved(if_right, binomial(n, share));
    const double right = tail(if_right, winners);
    p = right > 0 ? std::min(1.0, tail(if_tie, winners) / right) : 1.0;
    const std::int64_t stops = least_that_stops(if_tie, if_right, risk);
    if (winners >= stops) return p;
    cut_from(if_tie, stops);
    cut_from(if_right, stops);
  }
  return p;
}

std::int64_t minerva_first_round(double share, double risk, double quantile) {
  SCR_CHECK(share > 0.5);
  // From a size that is surely too small: the normal approximation of the test, halved.
  const double z = normal_quantile(quantile) + normal_quantile(1 - risk);
  const double lead = share - 0.5;
  auto n = static_cast<std::int64_t>(std::max(1.0, z * z / (4 * lead * lead) / 2));
  int in_a_row = 0;
  while (in_a_row < 3) {
    in_a_row = minerva_chance(share, risk, n) >= quantile ? in_a_row + 1 : 0;
    ++n;
  }
  return n - 3;
}

}  // namespace scr::audit
