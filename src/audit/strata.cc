// SPDX-License-Identifier: Apache-2.0
#include "audit/strata.h"

#include <algorithm>
#include <cmath>
#include <queue>

#include "audit/numeric.h"
#include "base/check.h"
#include "base/elementary.h"

namespace scr::audit {
namespace {

// ln of n (n-1) ... (n-k+1); minus infinity if k > n.
double ln_falling(std::int64_t n, std::int64_t k) {
  if (k > n) return ln(0);
  return ln_factorial(n) - ln_factorial(n - k);
}

double ln_chance(const ThreeWay& population, const ThreeWay& seen) {
  return ln_falling(population.winner, seen.winner) + ln_falling(population.loser, seen.loser) +
         ln_falling(population.neither, seen.neither);
}

}  // namespace

double fisher_p(std::span<const double> p_values) {
  double sum = 0;
  for (double p : p_values) sum -= 2 * ln(p);
  return chi_square_upper_tail(sum, 2 * static_cast<int>(p_values.size()));
}

double product_p(std::span<const double> p_values) {
  double product = 1;
  for (double p : p_values) product *= p;
  return std::min(product, 1.0);
}

double suite_comparison_p(double part, std::int64_t overall_margin, std::int64_t ballots,
                          std::int64_t n, double gamma) {
  const double share =
      part * static_cast<double>(overall_margin) / (2 * gamma * static_cast<double>(ballots));
  if (share >= 1) return 0;
  if (share <= 0) return 1;
  return power(1 - share, static_cast<double>(n));
}

double suite_polling_p(double part, std::int64_t overall_margin, const ThreeWay& reported,
                       const ThreeWay& seen) {
  const double bound = static_cast<double>(reported.winner - reported.loser) -
                       part * static_cast<double>(overall_margin);
  const auto margin = static_cast<std::int64_t>(std::floor(bound));
  // winner - loser = margin leaves one number free: go through all that the sample allows. The
  // likelihood rises and then falls in it, so the search may end behind its top.
  double best = ln(0);
  const std::int64_t total = reported.sum();
  for (std::int64_t winner = std::max<std::int64_t>(seen.winner, margin); winner <= total;
       ++winner) {
    const ThreeWay population{winner, winner - margin, total - 2 * winner + margin};
    if (population.neither < seen.neither) break;
    if (population.loser < seen.loser) continue;
    const double chance = ln_chance(population, seen);
    if (chance < best) break;
    best = chance;
  }
  return std::min(1.0, exp_of(best - ln_chance(reported, seen)));
}

WorstSplit suite_p(const StratumTest& first, const StratumTest& second, double least, double most) {
  struct Interval {
    double bound;
    double from;
    double to;
    bool operator<(const Interval& other) const { return bound < other.bound; }
  };
  const auto combined = [](double a, double b) {
    if (a <= 0 || b <= 0) return 0.0;
    const double ps[] = {a, b};
    return fisher_p(ps);
  };
  // p of the first is largest at the interval's start, p of the second at its end.
  const auto interval = [&](double from, double to) {
    return Interval{combined(first(from), second(1 - to)), from, to};
  };
  constexpr int kMostHalvings = 100000;
  constexpr double kClose = 1e-6;
  std::priority_queue<Interval> open;
  open.push(interval(least, most));
  double reached = 0;
  for (int i = 0; i < kMostHalvings; ++i) {
    const Interval worst = open.top();
    reached = std::max(reached, combined(first(worst.from), second(1 - worst.from)));
    if (worst.bound <= reached * (1 + kClose)) break;
    open.pop();
    const double middle = (worst.from + worst.to) / 2;
    open.push(interval(worst.from, middle));
    open.push(interval(middle, worst.to));
  }
  return {open.top().bound, open.top().from};
}

namespace {

// The draws of a stratum as its fortune sees them: x / m with m = (N mean - before) / left.
struct Draw {
  double x;
  double before;
  double left;
  double bet;
};

struct Fortune {
  double ballots = 0;
  double upper = 1;
  double certain = 0;  // the sum drawn over all ballots: the null mean cannot be less
  double weight = 0;   // of the stratum among all ballots
  std::vector<Draw> draws;

  double ln_at(double mean) const;
  double slope_at(double mean) const;
};

double Fortune::ln_at(double mean) const {
  double sum = 0;
  for (const Draw& draw : draws) {
    if (draw.x == 0) {
      sum += ln(1 - draw.bet);
      continue;
    }
    const double m = (ballots * mean - draw.before) / draw.left;
    sum += ln(1 - draw.bet + draw.bet * draw.x / m);
  }
  return sum;
}

double Fortune::slope_at(double mean) const {
  double sum = 0;
  for (const Draw& draw : draws) {
    if (draw.x == 0) continue;
    const double m = (ballots * mean - draw.before) / draw.left;
    const double gain = draw.bet * draw.x / m;
    sum -= gain / (1 - draw.bet + gain) / m * ballots / draw.left;
  }
  return sum;
}

Fortune fortune_of(const Stratum& stratum, double d, double all_ballots) {
  SCR_CHECK(stratum.ballots >= static_cast<std::int64_t>(stratum.values.size()));
  Fortune fortune;
  fortune.ballots = static_cast<double>(stratum.ballots);
  fortune.upper = stratum.upper;
  fortune.weight = fortune.ballots / all_ballots;
  double before = 0;
  double drawn = 0;
  for (double x : stratum.values) {
    const double estimate = (d * stratum.eta + before) / (d + drawn);
    const double bet = (estimate - 0.5) / (stratum.upper - 0.5);
    fortune.draws.push_back({x, before, fortune.ballots - drawn, std::clamp(bet, 0.01, 0.95)});
    before += x;
    drawn += 1;
  }
  fortune.certain = before / fortune.ballots;
  return fortune;
}

// Where ln M(m) + price * weight * m is least, m from what is certain to upper: its slope rises.
double best_mean(const Fortune& fortune, double price) {
  double low = fortune.certain;
  double high = fortune.upper;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    const bool falls =
        middle <= fortune.certain || fortune.slope_at(middle) + price * fortune.weight < 0;
    (falls ? low : high) = middle;
  }
  return high;  // never below what is certain, where the fortune is infinite
}

}  // namespace

double stratified_p(std::span<const Stratum> strata, double d) {
  SCR_CHECK(!strata.empty());
  double all = 0;
  for (const Stratum& stratum : strata) all += static_cast<double>(stratum.ballots);
  std::vector<Fortune> fortunes;
  double certain = 0;
  for (const Stratum& stratum : strata) {
    fortunes.push_back(fortune_of(stratum, d, all));
    certain += fortunes.back().certain * fortunes.back().weight;
  }
  if (certain > 0.5) return 0;  // the draws alone are more than half of all
  // The price of null mean at which the strata's means make up 1/2.
  double low = 0;
  double high = 1;
  const auto mean_at = [&](double price) {
    double sum = 0;
    for (const Fortune& fortune : fortunes) sum += fortune.weight * best_mean(fortune, price);
    return sum;
  };
  while (mean_at(high) > 0.5 && high < 1e12) high *= 4;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (mean_at(middle) > 0.5 ? low : high) = middle;
  }
  double dual = -high / 2;
  for (const Fortune& fortune : fortunes) {
    const double mean = best_mean(fortune, high);
    dual += fortune.ln_at(mean) + high * fortune.weight * mean;
  }
  return std::min(1.0, exp_of(-dual));
}

}  // namespace scr::audit
