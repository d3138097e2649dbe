// SPDX-License-Identifier: Apache-2.0
#include "audit/martingale.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace scr::audit {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
// What rounding can make of a sum of numbers up to 1 that should be 0, for each number: a ballot is
// worth far more than that of any population.
constexpr double kSlack = 1e-10;

// ALPHA's factor: the likelihood of x if the mean were eta, to that if it is m.
double alpha_factor(double x, double m, double eta, double upper) {
  return (x * eta / m + (upper - x) * (upper - eta) / (upper - m)) / upper;
}

}  // namespace

Martingale::Martingale(const Method& test, const Hypothesis& hypothesis)
    : test_(test), null_(hypothesis) {
  SCR_CHECK(null_.upper > 0 && null_.mean >= 0);
  if (const auto* bet = std::get_if<AdaptiveBet>(&test_)) bet_ = bet->first;
  if (auto* alpha = std::get_if<Alpha>(&test_); alpha && !alpha->c)
    alpha->c = (alpha->eta - null_.mean) / 2;
  const auto* kolmogorov = std::get_if<KaplanKolmogorov>(&test_);
  if (kolmogorov) null_.mean += kolmogorov->g;
  const auto* mixture = std::get_if<KellyMixture>(&test_);
  if (!mixture) return;
  double sum = 0;
  for (int i = 1; 3 * i <= mixture->points + 1 && parts_ < 4; ++i) {
    const double y = static_cast<double>(i) / (mixture->points + 1);
    const auto part = static_cast<std::size_t>(parts_++);
    weights_[part] = y;
    fortunes_[part] = (1.0 / 3 - y) * (1.0 / 3 - y);
    sum += fortunes_[part];
  }
  SCR_CHECK(sum > 0);
  for (double& fortune : fortunes_) fortune /= sum;
}

double Martingale::mean_if_null() const {
  if (!null_.population) return null_.mean;
  const double left = static_cast<double>(*null_.population - draws_);
  return (static_cast<double>(*null_.population) * null_.mean - sum_) / left;
}

double Martingale::shrink_truncate(const Alpha& alpha, double m) const {
  const double before = static_cast<double>(draws_);
  const double weight = alpha.d + before;
  double estimate = (alpha.d * alpha.eta + sum_) / weight;
  if (alpha.f > 0) {
    const double sd = draws_ < 2 ? 1.0 : std::max(std::sqrt(squares_ / before), alpha.least_sd);
    estimate = (estimate + null_.upper * alpha.f / sd) / (1 + alpha.f / sd);
  }
  const double floor = m + *alpha.c / std::sqrt(weight);
  return std::min(null_.upper * (1 - kEpsilon), std::max(estimate, floor));
}

double Martingale::adaptive_bet(const AdaptiveBet& bet, double m) {
  if (draws_ > 0) {
    const double lead = mean_ - m;
    const double spread = squares_ / static_cast<double>(draws_) + lead * lead;
    if (spread > 0) bet_ = lead / spread;
  }
  bet_ = std::clamp(bet_, 0.0, bet.ceiling / m);
  return bet_;
}

double Martingale::mixture(double x, double m) {
  double sum = 0;
  for (int i = 0; i < parts_; ++i) {
    const auto part = static_cast<std::size_t>(i);
    fortunes_[part] *= 1 + weights_[part] / m * (x - m);
    sum += fortunes_[part];
  }
  return sum;
}

double Martingale::factor(double x, double m) {
  const double u = null_.upper;
  if (const auto* alpha = std::get_if<Alpha>(&test_))
    return alpha_factor(x, m, shrink_truncate(*alpha, m), u);
  if (const auto* fixed = std::get_if<FixedAlternative>(&test_)) {
    double eta = fixed->eta;
    if (null_.population) {
      const double all = static_cast<double>(*null_.population);
      eta = (all * eta - sum_) / (all - static_cast<double>(draws_));
    }
    return alpha_factor(x, m, std::clamp(eta, 0.0, u), u);
  }
  if (const auto* bet = std::get_if<FixedBet>(&test_))
    return 1 + std::min(bet->lambda, 1 / m) * (x - m);
  if (const auto* bet = std::get_if<AdaptiveBet>(&test_))
    return 1 + adaptive_bet(*bet, m) * (x - m);
  if (const auto* wald = std::get_if<KaplanWald>(&test_)) return (1 - wald->g) * x / m + wald->g;
  if (const auto* markov = std::get_if<KaplanMarkov>(&test_))
    return (x + markov->g) / (m + markov->g);
  return (x + std::get<KaplanKolmogorov>(test_).g) / m;
}

void Martingale::take(double x) {
  SCR_CHECK(!null_.population || draws_ < *null_.population);
  const double m = mean_if_null();
  const double slack = null_.population
                           ? kSlack * null_.upper * static_cast<double>(*null_.population) /
                                 static_cast<double>(*null_.population - draws_)
                           : kSlack;
  if (!over_) {
    if (m < -slack) {
      fortune_ = kInfinite;
      over_ = true;
    } else if (m > null_.upper + slack && !std::holds_alternative<KaplanKolmogorov>(test_)) {
      fortune_ = 0;
      over_ = true;
    } else if (m > slack && m < null_.upper - slack) {
      fortune_ =
          std::holds_alternative<KellyMixture>(test_) ? mixture(x, m) : fortune_ * factor(x, m);
    }  // else: only one value is possible, and says nothing
    largest_ = std::max(largest_, fortune_);
  }
  ++draws_;
  const auto* kolmogorov = std::get_if<KaplanKolmogorov>(&test_);
  sum_ += kolmogorov ? x + kolmogorov->g : x;
  const double from_old_mean = x - mean_;
  mean_ += from_old_mean / static_cast<double>(draws_);
  squares_ += from_old_mean * (x - mean_);
}

double Martingale::current_p() const {
  return fortune_ > 1 ? 1 / fortune_ : 1;
}

double Martingale::p_value() const {
  return largest_ > 1 ? 1 / largest_ : 1;
}

History history(const Method& test, const Hypothesis& hypothesis, std::span<const double> values) {
  Martingale martingale(test, hypothesis);
  History all;
  all.current.reserve(values.size());
  for (double x : values) {
    martingale.take(x);
    all.current.push_back(martingale.current_p());
  }
  all.p_value = martingale.p_value();
  return all;
}

std::optional<std::int64_t> draws_needed(const Method& test, const Hypothesis& hypothesis,
                                         std::span<const double> values, double risk) {
  Martingale martingale(test, hypothesis);
  for (double x : values) {
    martingale.take(x);
    if (martingale.p_value() <= risk) return martingale.draws();
  }
  return std::nullopt;
}

}  // namespace scr::audit
