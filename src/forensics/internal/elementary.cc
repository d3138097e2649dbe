// SPDX-License-Identifier: Apache-2.0
#include "forensics/internal/elementary.h"

#include <cmath>

namespace scr::forensics {
namespace {

// ln 2 in two parts: the first has 32 trailing zero bits, so that a whole multiple of it is exact.
constexpr double kLog2High = 6.93147180369123816490e-01;
constexpr double kLog2Low = 1.90821492927058770002e-10;

// erf for small x: 2 / sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (1 3 5 ... (2n+1)); all terms have
// one sign (Abramowitz and Stegun 7.1.6).
double erf_series(double x) {
  double term = x;
  double sum = x;
  for (int n = 1; n < 200 && term > sum * 1e-18; ++n) {
    term *= 2 * x * x / (2 * n + 1);
    sum += term;
  }
  return 2 / kSqrtPi * exp_of(-x * x) * sum;
}

// The continued fraction 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), from its end (7.1.14).
double erfc_fraction(double x) {
  double below = x;
  for (int n = 200; n >= 1; --n) below = x + n / 2.0 / below;
  return exp_of(-x * x) / (kSqrtPi * below);
}

}  // namespace

double exp_of(double x) {
  if (x < -745) return 0;
  const double k = std::floor(x / (kLog2High + kLog2Low) + 0.5);
  const double rest = (x - k * kLog2High) - k * kLog2Low;  // at most ln 2 / 2
  double sum = 1;
  for (int n = 16; n >= 1; --n) sum = 1 + sum * rest / n;
  return std::ldexp(sum, static_cast<int>(k));
}

double log_of(double x) {
  int exponent = 0;
  double part = std::frexp(x, &exponent);  // in [1/2, 1)
  if (part < 0.70710678118654752440) {
    part *= 2;
    --exponent;
  }
  // ln part = 2 artanh s; |s| < 0.172, so 13 terms are beyond the last bit.
  const double s = (part - 1) / (part + 1);
  double sum = 0;
  for (int n = 27; n >= 1; n -= 2) sum = sum * s * s + 1.0 / n;
  return exponent * kLog2High + (2 * s * sum + exponent * kLog2Low);
}

double power_of(double x, double exponent) {
  return x == 0 ? 0 : exp_of(exponent * log_of(x));
}

double erfc_of(double x) {
  return x < 2 ? 1 - erf_series(x) : erfc_fraction(x);
}

}  // namespace scr::forensics
