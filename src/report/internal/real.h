// SPDX-License-Identifier: Apache-2.0
//
// Numbers of statistics, which are no fractions: for JSON as texts of so many significant digits,
// correctly rounded ("1.220508483", "3.81e-36"), since canonical JSON has no floats; for people in
// the language's writing.

#pragma once

#include <string>

#include "report/facts.h"

namespace scr::report::internal {

// `digits` significant ones, no trailing zeros; an exponent where it is shorter.
std::string significant(double value, int digits);

// Rounded to `digits` (0 .. 6) after the point, grouped. REQUIRES: |value| < 1e12.
std::string real(Language language, double value, int digits);

// A p-value for people: "0.016", "below 0.0001".
std::string p_value(Language language, double p);

}  // namespace scr::report::internal
