// SPDX-License-Identifier: Apache-2.0
#include "base/elementary.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace scr {
namespace {

TEST(Elementary, AgreesWithTheLibraryToTheLastDigits) {
  for (double x : {1e-300, 1e-9, 0.1, 0.3, 0.5, 0.7071, 0.75, 0.99999999, 1.0, 1.00000001, 1.5, 2.0,
                   10.0, 12345.678, 1e9, 1e300}) {
    EXPECT_NEAR(ln(x), std::log(x), 4e-16 * std::max(1.0, std::abs(std::log(x)))) << x;
  }
  for (double x : {-700.0, -83.4, -30.5, -1.0, -1e-3, -1e-9, 0.0, 1e-9, 0.3, 0.5, 1.0, 2.5, 20.25,
                   50.0, 700.0}) {
    EXPECT_NEAR(exp_of(x) / std::exp(x), 1, 1e-15) << x;
  }
  for (double x : {0.0, 0.1, 1.0, 1.999, 2.0, 3.5, 9.0, 20.0}) {
    EXPECT_NEAR(erfc_of(x) / std::erfc(x), 1, 1e-12) << x;
  }
  EXPECT_NEAR(power(2, 0.5), std::sqrt(2.0), 1e-15);
}

TEST(Elementary, IsExactAtItsEnds) {
  constexpr double kForever = std::numeric_limits<double>::infinity();
  EXPECT_EQ(ln(1), 0);
  EXPECT_EQ(ln(0), -kForever);
  EXPECT_EQ(ln(kForever), kForever);
  EXPECT_EQ(exp_of(0), 1);
  EXPECT_EQ(exp_of(-kForever), 0);
  EXPECT_EQ(exp_of(-1000), 0);
  EXPECT_EQ(exp_of(kForever), kForever);
  EXPECT_EQ(power(0, 1.5), 0);
  EXPECT_EQ(power(0, 0), 1);
}

}  // namespace
}  // namespace scr
