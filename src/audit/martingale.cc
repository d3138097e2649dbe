// SPDX-License-Identifier: Apache-2.0
#include "audit/martingale.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "base/check.h"

namespace scr::audit {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
// What rounding can make of a sum of numbers up to 1 that should be 0, for each number: a ballot is
// worth far more than that of any population.
constexpr double kSlack = 1e-10;

// ALPHA's factor, x eta/m + (u-x)(u-eta)/(u-m), over u: the likelihood of x if the mean were eta,
// to that if it is m. One division, and no branch on x, which nobody can predict.
double alpha_factor(double x, double m, double eta, double upper) {
  const double other = upper - m;
  return (x * eta * other + (upper - x) * (upper - eta) * m) / (m * other * upper);
}

// What ALPHA's step needs of its parameters.
struct AlphaTerms {
  double upper;
  double ceiling;  // of the estimate
  double d;
  double start;  // d eta
  double c_squared;
};

AlphaTerms terms_of(const Alpha& alpha, double upper) {
  return {upper, upper * (1 - kEpsilon), alpha.d, alpha.d * alpha.eta, *alpha.c * *alpha.c};
}

// Numbers side by side, of which each is reckoned with as a double is: the same bits.
using Pair [[gnu::vector_size(16)]] = double;

// ALPHA's factor where the estimate is neither raised to its floor nor lowered below `upper`, which
// is nearly always (`quick`; else the factor means nothing). One division: numerators and
// denominators are multiplied out, and the floor is compared as squares. The null mean is
// rest / left. `Value`: double or Pair.
template <class Value>
struct QuickStep {
  Value factor;
  decltype((Value{} > Value{}) & (Value{} > Value{})) quick;  // 0: no
};
template <class Value>
[[gnu::always_inline]] inline QuickStep<Value> quick_step(const AlphaTerms& terms, Value x,
                                                          Value sum, Value draws, Value rest,
                                                          Value left) {
  const double u = terms.upper;
  const Value weight = terms.d + draws;
  const Value estimate = terms.start + sum;  // times weight
  const Value above = estimate * left - rest * weight;
  const Value other = u * left - rest;
  const Value factor = left * (x * estimate * other + (u - x) * (u * weight - estimate) * rest) /
                       (weight * rest * other * u);
  return {factor, (above > 0.0) & (above * above >= terms.c_squared * weight * left * left) &
                      (estimate < terms.ceiling * weight)};
}

}  // namespace

Martingale::Martingale(const Method& test, const Hypothesis& hypothesis)
    : test_(test), null_(hypothesis) {
  SCR_CHECK(null_.upper > 0 && null_.mean >= 0);
  if (const auto* bet = std::get_if<AdaptiveBet>(&test_)) {
    bet_ = bet->first;
    needs_spread_ = true;
  }
  if (auto* alpha = std::get_if<Alpha>(&test_)) {
    if (!alpha->c) alpha->c = (alpha->eta - null_.mean) / 2;
    needs_spread_ = alpha->f > 0;
  }
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

double Martingale::shrink_truncate(const Alpha& alpha, double m) const {
  const double before = static_cast<double>(draws_);
  const double weight = alpha.d + before;
  double estimate = (alpha.d * alpha.eta + sum_) / weight;
  if (alpha.f > 0) {
    const double sd = draws_ < 2 ? 1.0 : std::max(std::sqrt(squares_ / before), alpha.least_sd);
    estimate = (estimate + null_.upper * alpha.f / sd) / (1 + alpha.f / sd);
  }
  // At least m + c / sqrt(weight); the root only where that is not so already.
  const double above = estimate - m;
  if (above <= 0 || above * above * weight < *alpha.c * *alpha.c)
    estimate = std::max(estimate, m + *alpha.c / std::sqrt(weight));
  return std::min(null_.upper * (1 - kEpsilon), estimate);
}

// With the null mean m = rest / left.
[[gnu::always_inline]] inline double Martingale::alpha_step(const Alpha& alpha, double x,
                                                            double rest, double left) const {
  if (alpha.f == 0) {
    const QuickStep<double> step = quick_step<double>(terms_of(alpha, null_.upper), x, sum_,
                                                      static_cast<double>(draws_), rest, left);
    if (step.quick != 0) return step.factor;
  }
  const double m = rest / left;
  return alpha_factor(x, m, shrink_truncate(alpha, m), null_.upper);
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

template <class Kind>
double Martingale::factor(const Kind& kind, double x, double m) {
  const double u = null_.upper;
  if constexpr (std::is_same_v<Kind, FixedAlternative>) {
    double eta = kind.eta;
    if (null_.population) {
      const double all = static_cast<double>(*null_.population);
      eta = (all * eta - sum_) / (all - static_cast<double>(draws_));
    }
    return alpha_factor(x, m, std::clamp(eta, 0.0, u), u);
  } else if constexpr (std::is_same_v<Kind, FixedBet>) {
    return 1 + std::min(kind.lambda, 1 / m) * (x - m);
  } else if constexpr (std::is_same_v<Kind, AdaptiveBet>) {
    return 1 + adaptive_bet(kind, m) * (x - m);
  } else if constexpr (std::is_same_v<Kind, KaplanWald>) {
    return (1 - kind.g) * x / m + kind.g;
  } else if constexpr (std::is_same_v<Kind, KaplanMarkov>) {
    return (x + kind.g) / (m + kind.g);
  } else {
    static_assert(std::is_same_v<Kind, KaplanKolmogorov>);
    return (x + kind.g) / m;
  }
}

template <class Kind>
[[gnu::always_inline]] inline void Martingale::take_as(const Kind& kind, double x) {
  constexpr bool kShifted = std::is_same_v<Kind, KaplanKolmogorov>;
  constexpr bool kMixed = std::is_same_v<Kind, KellyMixture>;
  SCR_CHECK(!null_.population || draws_ < *null_.population);
  // What the hypothesis leaves for the numbers not drawn yet, and how many those are.
  const bool finite = null_.population.has_value();
  const double all = finite ? static_cast<double>(*null_.population) : 1;
  const double left = finite ? all - static_cast<double>(draws_) : 1;
  const double rest = finite ? all * null_.mean - sum_ : null_.mean;
  const double slack = kSlack * null_.upper * all;
  if (!over_) {
    if (rest < -slack) {
      fortune_ = kInfinite;
      over_ = true;
    } else if (!kShifted && rest > left * null_.upper + slack) {
      fortune_ = 0;
      over_ = true;
    } else if (rest > slack && rest < left * null_.upper - slack) {
      if constexpr (std::is_same_v<Kind, Alpha>) {
        fortune_ *= alpha_step(kind, x, rest, left);
      } else if constexpr (kMixed) {
        fortune_ = mixture(x, finite ? rest / left : rest);
      } else {
        fortune_ *= factor(kind, x, finite ? rest / left : rest);
      }
    }  // else: only one value is possible, and says nothing
    largest_ = std::max(largest_, fortune_);
  }
  ++draws_;
  if constexpr (kShifted) {
    sum_ += x + kind.g;
  } else {
    sum_ += x;
  }
  if (!needs_spread_) return;
  const double from_old_mean = x - mean_;
  mean_ += from_old_mean / static_cast<double>(draws_);
  squares_ += from_old_mean * (x - mean_);
}

void Martingale::take(double x) {
  std::visit([&](const auto& kind) { take_as(kind, x); }, test_);
}

// As many of the first values as are ordinary, by the same steps as take, to the bit: two draws
// side by side, and nothing of the numbers that a draw changes leaves the registers.
std::size_t Martingale::take_quickly(const Alpha& alpha, std::span<const double> values,
                                     std::span<double> current) {
  if (alpha.f != 0 || over_) return 0;
  const AlphaTerms terms = terms_of(alpha, null_.upper);
  const bool finite = null_.population.has_value();
  const double all = finite ? static_cast<double>(*null_.population) : 1;
  const double taken = finite ? 1 : 0;  // what a draw takes away from what is left
  const double slack = kSlack * null_.upper * all;
  const double whole = all * null_.mean;
  const double* x = values.data();
  double* out = current.data();
  double sum = sum_;
  double fortune = fortune_;
  double largest = largest_;
  Pair draws = {static_cast<double>(draws_), static_cast<double>(draws_) + 1};
  std::size_t done = 0;
  for (; done + 2 <= values.size(); done += 2) {
    const Pair both = {x[done], x[done + 1]};
    const double between = sum + both[0];
    const Pair sums = {sum, between};
    const Pair left = all - taken * draws;
    const Pair rest = whole - taken * sums;
    const auto step = quick_step<Pair>(terms, both, sums, draws, rest, left);
    const auto quick = step.quick & (rest > slack) & (rest < left * terms.upper - slack);
    if ((quick[0] & quick[1]) == 0) break;
    const double first = fortune * step.factor[0];
    fortune = first * step.factor[1];
    largest = std::max(largest, std::max(first, fortune));
    const Pair p = 1.0 / Pair{first, fortune};
    out[done] = std::min(1.0, p[0]);
    out[done + 1] = std::min(1.0, p[1]);
    sum = between + both[1];
    draws += 2.0;
  }
  sum_ = sum;
  draws_ += static_cast<std::int64_t>(done);
  fortune_ = fortune;
  largest_ = largest;
  return done;
}

void Martingale::take_each(std::span<const double> values, std::span<double> current) {
  SCR_CHECK(values.size() == current.size());
  std::visit(
      [&](const auto& kind) {
        // On a copy, which no pointer leads to: its numbers stay in registers.
        Martingale own = *this;
        for (std::size_t i = 0; i < values.size(); ++i) {
          if constexpr (std::is_same_v<std::decay_t<decltype(kind)>, Alpha>)
            i += own.take_quickly(kind, values.subspan(i), current.subspan(i));
          if (i == values.size()) break;
          own.take_as(kind, values[i]);
          current[i] = std::min(1.0, 1 / own.fortune_);
        }
        *this = own;
      },
      test_);
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
  all.current.resize(values.size());
  martingale.take_each(values, all.current);
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
