// SPDX-License-Identifier: Apache-2.0
#include "audit/numeric.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "base/elementary.h"

namespace scr::audit {
namespace {

constexpr double kHalfLnTwoPi = 0.91893853320467274178;
constexpr double kSqrtTwoPi = 2.50662827463100050242;

// Beyond this, 1/n^9 is below the last digit.
constexpr std::int64_t kStirlingFrom = 32;

std::array<double, kStirlingFrom> small_ln_factorials() {
  std::array<double, kStirlingFrom> table{};
  double product = 1;  // exact to 22!, rounded a few times up to 31!
  for (std::size_t n = 1; n < table.size(); ++n) {
    product *= static_cast<double>(n);
    table[n] = ln(product);
  }
  return table;
}

double ln_pmf(std::int64_t n, double p, std::int64_t k) {
  const double successes = k == 0 ? 0 : static_cast<double>(k) * ln(p);
  const double failures = k == n ? 0 : static_cast<double>(n - k) * ln(1 - p);
  return ln_choose(n, k) + successes + failures;
}

// Good to 5e-4 (Abramowitz & Stegun 26.2.23).
double rough_normal_quantile(double p) {
  const double tail = std::min(p, 1 - p);
  const double t = std::sqrt(-2 * ln(tail));
  const double x = t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                           (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return p < 0.5 ? -x : x;
}

}  // namespace

double ln_factorial(std::int64_t n) {
  SCR_CHECK(n >= 0);
  static const auto kSmall = small_ln_factorials();
  if (n < kStirlingFrom) return kSmall[static_cast<std::size_t>(n)];
  const double x = static_cast<double>(n);
  const double inverse = 1 / x;
  const double square = inverse * inverse;
  const double tail =
      inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680))));
  return (x + 0.5) * ln(x) - x + kHalfLnTwoPi + tail;
}

double ln_choose(std::int64_t n, std::int64_t k) {
  SCR_CHECK(k >= 0 && k <= n);
  return ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
}

double binomial_upper_tail(std::int64_t n, double p, std::int64_t k) {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  // From the largest term of the tail outwards, until nothing more is added.
  const auto mode = static_cast<std::int64_t>(std::floor((static_cast<double>(n) + 1) * p));
  const std::int64_t from = std::max(k, std::min(mode, n));
  const double first = exp_of(ln_pmf(n, p, from));
  const double odds = p / (1 - p);
  double sum = first;
  double term = first;
  for (std::int64_t j = from; j < n && term > sum * 1e-18; ++j) {
    term *= static_cast<double>(n - j) * odds / static_cast<double>(j + 1);
    sum += term;
  }
  term = first;
  for (std::int64_t j = from; j > k && term > sum * 1e-18; --j) {
    term *= static_cast<double>(j) / (static_cast<double>(n - j + 1) * odds);
    sum += term;
  }
  return std::min(sum, 1.0);
}

std::int64_t binomial_quantile(std::int64_t n, double p, double quantile) {
  if (p <= 0) return 0;
  if (p >= 1) return quantile > 0 ? n : 0;
  return BinomialQuantile(n, p, quantile).value();
}

BinomialQuantile::BinomialQuantile(std::int64_t n, double p, double quantile)
    : n_(n), p_(p), most_above_(1 - quantile) {
  SCR_CHECK(n >= 0 && p > 0 && p < 1);
  // From where the normal distribution has it, which is a few steps away at most.
  const auto all = static_cast<double>(n);
  const double guess = all * p + rough_normal_quantile(quantile) * std::sqrt(all * p * (1 - p));
  k_ = static_cast<std::int64_t>(std::clamp(std::floor(guess), 0.0, all));
  above_ = binomial_upper_tail(n, p, k_ + 1);
  here_ = exp_of(ln_pmf(n, p, k_));
  settle();
}

void BinomialQuantile::settle() {
  const double odds = p_ / (1 - p_);
  while (k_ > 0 && above_ + here_ <= most_above_) {
    above_ += here_;
    here_ *= static_cast<double>(k_) / (static_cast<double>(n_ - k_ + 1) * odds);
    --k_;
  }
  while (k_ < n_ && above_ > most_above_) {
    here_ *= static_cast<double>(n_ - k_) * odds / static_cast<double>(k_ + 1);
    above_ -= here_;
    ++k_;
  }
}

void BinomialQuantile::add_trial() {
  above_ += p_ * here_;
  ++n_;
  here_ *= static_cast<double>(n_) * (1 - p_) / static_cast<double>(n_ - k_);
  settle();
}

double normal_cdf(double x) {
  if (x < 0) return 1 - normal_cdf(-x);
  const double density = exp_of(-x * x / 2) / kSqrtTwoPi;
  if (x > 6) {  // 1 - tail, by the continued fraction x + 1/(x + 2/(x + 3/...
    double fraction = x;
    for (int k = 60; k >= 1; --k) fraction = x + k / fraction;
    return 1 - density / fraction;
  }
  double sum = x;
  double term = x;
  for (int k = 3; term > sum * 1e-17; k += 2) {
    term *= x * x / k;
    sum += term;
  }
  return 0.5 + density * sum;
}

double normal_quantile(double p) {
  SCR_CHECK(p > 0 && p < 1);
  double x = rough_normal_quantile(p);
  for (int i = 0; i < 4; ++i) {  // Newton's steps: each doubles the digits
    const double density = exp_of(-x * x / 2) / kSqrtTwoPi;
    x -= (normal_cdf(x) - p) / density;
  }
  return x;
}

double chi_square_upper_tail(double x, int degrees) {
  SCR_CHECK(degrees > 0 && degrees % 2 == 0);
  if (x <= 0) return 1;
  // e^(-y) (1 + y + y^2/2! + ...), y = x / 2, degrees/2 terms; scaled so that nothing overflows.
  const double y = x / 2;
  double sum = 0;
  for (int k = 0; k < degrees / 2; ++k) sum += exp_of(k * ln(y) - ln_factorial(k) - y);
  return std::min(sum, 1.0);
}

}  // namespace scr::audit
