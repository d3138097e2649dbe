// SPDX-License-Identifier: Apache-2.0
//
// Exact ratios of integers. A share is compared as one of these, never as a double.
//
//   Fraction cap = *Fraction::of(4, 5);
//   std::optional<Fraction> announced = Fraction::parse_decimal("96.87");   // 9687/100
//
// Always in lowest terms, denominator > 0. Pure; any thread.

#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scr {

class Fraction {
 public:
  constexpr Fraction() = default;  // 0/1
  explicit constexpr Fraction(std::int64_t whole) : numerator_(whole) {}

  // Nothing if the denominator is not positive.
  static std::optional<Fraction> of(std::int64_t numerator, std::int64_t denominator);

  // "0.597", "96.87", "80", "-1.5": digits with at most one point, at most 15 digits in all.
  static std::optional<Fraction> parse_decimal(std::string_view text);

  // "4/5" or a decimal as above.
  static std::optional<Fraction> parse(std::string_view text);

  std::int64_t numerator() const { return numerator_; }
  std::int64_t denominator() const { return denominator_; }

  // "p/q", or "p" where q is 1: exactly what the JSON output carries.
  std::string text() const;

  // Rounded half away from zero to `digits` (0..9) after the point, for showing: 0.6713 as "67.1"
  // with percent(1).
  std::string decimal(int digits) const;
  std::string percent(int digits) const;

  // For plots and statistics only.
  double approximate() const;

  friend bool operator==(const Fraction&, const Fraction&) = default;
  friend std::strong_ordering operator<=>(const Fraction& a, const Fraction& b);

  // Nothing if the exact result does not fit.
  friend std::optional<Fraction> add(const Fraction& a, const Fraction& b);
  friend std::optional<Fraction> subtract(const Fraction& a, const Fraction& b);
  friend std::optional<Fraction> multiply(const Fraction& a, const Fraction& b);

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

// How many digits stand after the point in `text` ("96.87" has 2): the precision that somebody
// announced. Nothing if it is not a decimal.
std::optional<int> digits_after_point(std::string_view text);

}  // namespace scr
