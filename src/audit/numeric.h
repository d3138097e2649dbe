// SPDX-License-Identifier: Apache-2.0
//
// Factorials and the distributions that audits need, with the same digits everywhere: made of
// base/elementary.h, not of a mathematical library. docs/statistics.md, "The same digits
// everywhere".
//
// Pure; any thread.

#pragma once

#include <cstdint>

namespace scr::audit {

// ln(n!). REQUIRES: n >= 0. Good to about 1e-15 of its value.
double ln_factorial(std::int64_t n);

// ln of the binomial coefficient. REQUIRES: 0 <= k <= n.
double ln_choose(std::int64_t n, std::int64_t k);

// Pr[K >= k], K binomial of n trials with chance p in [0, 1]. Sums of positive terms only, so that
// small tails keep their relative precision.
double binomial_upper_tail(std::int64_t n, double p, std::int64_t k);

// Smallest k with Pr[K <= k] >= quantile. REQUIRES: 0 < quantile < 1.
std::int64_t binomial_quantile(std::int64_t n, double p, double quantile);

// The same while trials are added one by one, each at the cost of a few terms.
// REQUIRES: n >= 0, 0 < p < 1, 0 < quantile < 1. A value; one thread at a time.
class BinomialQuantile {
 public:
  BinomialQuantile(std::int64_t n, double p, double quantile);
  void add_trial();
  std::int64_t value() const { return k_; }

 private:
  void settle();

  std::int64_t n_;
  double p_;
  double most_above_;  // 1 - quantile
  std::int64_t k_ = 0;
  double above_ = 0;  // Pr[K > k]
  double here_ = 0;   // Pr[K = k]
};

// Of the standard normal distribution. quantile: REQUIRES 0 < p < 1; good to about 1e-12.
double normal_cdf(double x);
double normal_quantile(double p);

// Pr[X >= x] of the chi-square distribution with an even number of degrees of freedom: a finite
// sum.
double chi_square_upper_tail(double x, int degrees);

}  // namespace scr::audit
