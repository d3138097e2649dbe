// SPDX-License-Identifier: Apache-2.0
//
// The few functions beyond + - * / that audits need, made of these alone (and of sqrt, which IEEE
// 754 rounds correctly): a mathematical library may differ in the last digit from another, and a
// figure that strangers work out again must not. docs/statistics.md, "The same digits everywhere".
//
// Pure; any thread.

#pragma once

#include <cstdint>

namespace scr::audit {

// Natural logarithm, good to about 1e-15 relative. -infinity at 0. REQUIRES: x >= 0.
double ln(double x);

// e to the power x, good to about 1e-15 relative. 0 below -745, infinity above 709.7.
double exp_of(double x);

// base to the power n, for base >= 0.
double power(double base, double n);

// ln(n!). REQUIRES: n >= 0. Good to about 1e-15 of its value.
double ln_factorial(std::int64_t n);

// ln of the binomial coefficient. REQUIRES: 0 <= k <= n.
double ln_choose(std::int64_t n, std::int64_t k);

// Pr[K >= k], K binomial of n trials with chance p in [0, 1]. Sums of positive terms only, so that
// small tails keep their relative precision.
double binomial_upper_tail(std::int64_t n, double p, std::int64_t k);

// Smallest k with Pr[K <= k] >= quantile. REQUIRES: 0 < quantile < 1.
std::int64_t binomial_quantile(std::int64_t n, double p, double quantile);

// Of the standard normal distribution. quantile: REQUIRES 0 < p < 1; good to about 1e-12.
double normal_cdf(double x);
double normal_quantile(double p);

// Pr[X >= x] of the chi-square distribution with an even number of degrees of freedom: a finite
// sum.
double chi_square_upper_tail(double x, int degrees);

}  // namespace scr::audit
