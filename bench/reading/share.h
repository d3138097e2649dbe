// SPDX-License-Identifier: Apache-2.0
//
// k of n, with the 95 % interval of Wilson (Probable inference, the law of succession, and
// statistical inference, JASA 1927), which is of use at 0 and at n too.
//
// A value; any thread.

#pragma once

#include <cmath>
#include <cstdio>
#include <string>

namespace scr::bench {

struct Share {
  long k = 0;
  long n = 0;

  void count(bool yes) {
    ++n;
    if (yes) ++k;
  }
  Share& operator+=(const Share& other) {
    k += other.k;
    n += other.n;
    return *this;
  }
  double value() const { return n > 0 ? static_cast<double>(k) / static_cast<double>(n) : 0; }
  double low() const { return bound(-1); }
  double high() const { return bound(+1); }

  // "98.3 %", "[91.1, 99.7]"
  std::string percent() const { return n > 0 ? digits(value()) + " %" : "-"; }
  std::string interval() const {
    return n > 0 ? "[" + digits(low()) + ", " + digits(high()) + "]" : "";
  }
  std::string text() const { return n > 0 ? percent() + " " + interval() : "-"; }

 private:
  double bound(int side) const {
    if (n == 0) return side < 0 ? 0 : 1;
    constexpr double z = 1.959964;
    const auto m = static_cast<double>(n);
    const double p = value();
    const double middle = p + z * z / (2 * m);
    const double reach = z * std::sqrt(p * (1 - p) / m + z * z / (4 * m * m));
    const double edge = (middle + side * reach) / (1 + z * z / m);
    return std::fmin(1, std::fmax(0, edge));
  }
  // Small shares need more places.
  static std::string digits(double share) {
    char out[32];
    const double percent = 100 * share;
    const bool fine = (percent > 0 && percent < 0.1) || (percent > 99.9 && percent < 99.9995);
    std::snprintf(out, sizeof out, fine ? "%.3f" : "%.1f", percent);
    return out;
  }
};

}  // namespace scr::bench
