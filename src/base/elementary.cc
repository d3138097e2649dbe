// SPDX-License-Identifier: Apache-2.0
#include "base/elementary.h"

#include <cmath>
#include <limits>

#include "base/check.h"

namespace scr {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// ln 2 in two parts: the first has 21 trailing zero bits, so that k times it is exact.
constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;

// ln((1 + s) / (1 - s)) / 2 = s + s^3/3 + s^5/5 + ... for |s| <= 0.1716, smallest term first.
double area_tangent(double s) {
  const double square = s * s;
  double sum = 0;
  for (int k = 23; k >= 3; k -= 2) sum = (sum + 1.0 / k) * square;
  return s + s * sum;
}

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

double ln(double x) {
  SCR_CHECK(x >= 0);
  if (x == 0) return -kInfinity;
  if (x == kInfinity) return x;
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);  // in [1/2, 1), exact
  if (mantissa < 0.70710678118654752440) {
    mantissa *= 2;
    --exponent;
  }
  const double fraction = 2 * area_tangent((mantissa - 1) / (mantissa + 1));
  return exponent * kLn2High + (fraction + exponent * kLn2Low);
}

double exp_of(double x) {
  if (x > 709.7) return kInfinity;
  if (x < -745) return 0;
  const double halves = std::floor(x * 1.44269504088896340736 + 0.5);
  const double rest = (x - halves * kLn2High) - halves * kLn2Low;
  double sum = 0;  // rest + rest^2/2! + ..., by Horner's rule
  for (int k = 15; k >= 1; --k) sum = (sum + 1) * rest / k;
  return std::ldexp(1 + sum, static_cast<int>(halves));
}

double power(double base, double n) {
  if (n == 0) return 1;
  return exp_of(n * ln(base));
}

double erfc_of(double x) {
  return x < 2 ? 1 - erf_series(x) : erfc_fraction(x);
}

}  // namespace scr
