// SPDX-License-Identifier: Apache-2.0
#include "audit/strata.h"

#include <algorithm>
#include <cmath>
#include <queue>
#include <utility>

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

constexpr int kMostSteps = 200;
constexpr double kStill = 1e-13;  // a search that moves by less of itself has ended

}  // namespace

StratifiedTest::StratifiedTest(std::vector<StratumRule> strata, double mean, double d)
    : mean_(mean), d_(d) {
  SCR_CHECK(!strata.empty());
  for (StratumRule& rule : strata) {
    Fortune fortune;
    if (rule.population) fortune.all = static_cast<double>(*rule.population);
    fortune.best = rule.upper / 2;
    fortune.rule = rule;
    fortunes_.push_back(std::move(fortune));
  }
}

void StratifiedTest::take(std::size_t stratum, double x) {
  Fortune& fortune = fortunes_[stratum];
  const StratumRule& rule = fortune.rule;
  SCR_CHECK(!rule.population || fortune.count < *rule.population);
  const double drawn = static_cast<double>(fortune.count);
  const double estimate = (d_ * rule.eta + fortune.sum) / (d_ + drawn);
  const double bet = std::clamp((estimate - mean_) / (rule.upper - mean_), 0.01, rule.most_bet);
  const bool finite = rule.population.has_value();
  const Draws draws{x, finite ? fortune.sum : 0, finite ? fortune.all - drawn : 1, bet, 1};
  Draws* last = fortune.draws.empty() ? nullptr : &fortune.draws.back();
  const bool alike = last && !finite && last->x == x && last->bet == bet;
  if (alike) {
    ++last->times;
  } else {
    fortune.draws.push_back(draws);
  }
  fortune.sum += x;
  ++fortune.count;
}

double StratifiedTest::Fortune::certain() const {
  return rule.population ? sum / all : 0;
}

double StratifiedTest::Fortune::ln_at(double mean) const {
  double result = 0;
  for (const Draws& one : draws) {
    const double m = (all * mean - one.before) / one.left;
    const double factor = one.x == 0 ? 1 - one.bet : 1 - one.bet + one.bet * one.x / m;
    result += static_cast<double>(one.times) * ln(factor);
  }
  return result;
}

// Of ln_at: below 0, and at least 0.
StratifiedTest::Slopes StratifiedTest::slopes_at(const Fortune& fortune, double mean) {
  Slopes slopes;
  for (const Draws& one : fortune.draws) {
    if (one.x == 0) continue;
    const double m = (fortune.all * mean - one.before) / one.left;
    const double stake = one.bet * one.x;
    const double rest = (1 - one.bet) * m;
    const double per_mean = fortune.all / one.left;
    const double steep = stake / (m * (rest + stake)) * per_mean;
    const double times = static_cast<double>(one.times);
    slopes.first -= times * steep;
    slopes.second += times * steep * (rest + rest + stake) / (m * (rest + stake)) * per_mean;
  }
  return slopes;
}

// Moves `best` to where ln_at(m) + price * weight * m is least, m from what is certain to upper:
// its slope rises. Newton's steps, halving where they would leave the interval. Gives the slopes
// of ln_at there.
StratifiedTest::Slopes StratifiedTest::seek(Fortune& fortune, double price) {
  double low = fortune.certain();  // never reached: the fortune is infinite there
  double high = fortune.rule.upper;
  double mean = fortune.best > low && fortune.best <= high ? fortune.best : (low + high) / 2;
  Slopes slopes;
  for (int i = 0; i < kMostSteps; ++i) {
    slopes = slopes_at(fortune, mean);
    const double slope = slopes.first + price * fortune.rule.weight;
    if (mean == fortune.rule.upper && slope < 0) break;  // it falls to the end
    (slope < 0 ? low : high) = mean;
    double next = slopes.second > 0 ? mean - slope / slopes.second : (low + high) / 2;
    if (next >= fortune.rule.upper && slope < 0) next = fortune.rule.upper;
    if (!(next > low) || next > high) next = (low + high) / 2;
    const double moved = std::abs(next - mean);
    mean = next > low ? next : high;
    if (moved <= kStill * mean) break;
  }
  fortune.best = mean;
  return slopes;
}

double StratifiedTest::current_p() {
  double certain = 0;
  for (const Fortune& fortune : fortunes_) certain += fortune.certain() * fortune.rule.weight;
  if (certain > mean_) return 0;  // the draws alone are more than the hypothesis allows
  // The price of null mean at which the strata's means make up the whole's.
  double low = 0;
  double high = 0;  // none yet
  double price = price_;
  for (int i = 0; i < kMostSteps; ++i) {
    double sum = 0;
    double fall = 0;
    for (Fortune& fortune : fortunes_) {
      const Slopes slopes = seek(fortune, price);
      const double weight = fortune.rule.weight;
      sum += weight * fortune.best;
      if (fortune.best < fortune.rule.upper && slopes.second > 0)
        fall += weight * weight / slopes.second;
    }
    const double excess = sum - mean_;
    (excess > 0 ? low : high) = price;
    double next = fall > 0 ? price + excess / fall : price;
    const bool outside = !(next > low) || (high > 0 && next >= high);
    if (outside) next = high > 0 ? (low + high) / 2 : price * 4;
    if (std::abs(next - price) <= kStill * price || next > 1e15) break;
    price = next;
  }
  // What has been found for this price bounds every split from below, whatever the price is.
  double dual = -price * mean_;
  for (Fortune& fortune : fortunes_) {
    seek(fortune, price);
    dual += fortune.ln_at(fortune.best) + price * fortune.rule.weight * fortune.best;
  }
  price_ = std::clamp(price, 1e-9, 1e12);
  return std::min(1.0, exp_of(-dual));
}

double stratified_p(std::span<const Stratum> strata, double d) {
  double all = 0;
  for (const Stratum& stratum : strata) all += static_cast<double>(stratum.ballots);
  std::vector<StratumRule> rules;
  for (const Stratum& stratum : strata) {
    rules.push_back({.weight = static_cast<double>(stratum.ballots) / all,
                     .population = stratum.ballots,
                     .upper = stratum.upper,
                     .eta = stratum.eta});
  }
  StratifiedTest test(std::move(rules), 0.5, d);
  for (std::size_t h = 0; h < strata.size(); ++h) {
    for (double x : strata[h].values) test.take(h, x);
  }
  return test.current_p();
}

}  // namespace scr::audit
