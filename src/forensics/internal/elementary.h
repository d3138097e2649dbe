// SPDX-License-Identifier: Apache-2.0
//
// Exponential, logarithm and error function, made of additions, multiplications, divisions and
// square roots only. IEEE 754 fixes the last bit of those, and of a library's exp and log nobody
// does: they differ from one library, and even from one processor, to the next. A p-value here has
// the same bits wherever it is worked out again.
//
// Good to some 1e-15 of the value (exp, log), 1e-13 (erfc). Pure; any thread.

#pragma once

namespace scr::forensics {

inline constexpr double kSqrtPi = 1.7724538509055160273;

double exp_of(double x);                     // 0 below -745
double log_of(double x);                     // REQUIRES: x > 0
double power_of(double x, double exponent);  // REQUIRES: x >= 0; 0 to any positive power is 0

// 2 / sqrt(pi) times the integral of exp(-t * t) from x on. REQUIRES: x >= 0.
double erfc_of(double x);

}  // namespace scr::forensics
