// SPDX-License-Identifier: Apache-2.0
//
// Exponential, logarithm, power and error function, made of additions, multiplications, divisions
// and square roots only. IEEE 754 fixes the last bit of those, and of a library's exp and log
// nobody does: they differ from one library, and even from one processor, to the next. A figure
// that strangers work out again has the same bits everywhere: docs/statistics.md, "The same digits
// everywhere".
//
// Pure; any thread.

#pragma once

namespace scr {

inline constexpr double kSqrtPi = 1.7724538509055160273;

// Natural logarithm, good to about 1e-15 relative. -infinity at 0. REQUIRES: x >= 0.
double ln(double x);

// e to the power x, good to about 1e-15 relative. 0 below -745, infinity above 709.7.
double exp_of(double x);

// base to the power n; 1 for n = 0. REQUIRES: base >= 0.
double power(double base, double n);

// 2 / sqrt(pi) times the integral of exp(-t * t) from x on, good to some 1e-13 relative
// (Abramowitz and Stegun 7.1.6, 7.1.14). REQUIRES: x >= 0.
double erfc_of(double x);

}  // namespace scr
