// SPDX-License-Identifier: Apache-2.0
#include "base/fraction.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/check.h"
#include "base/int128.h"

namespace scr {
namespace {

Int128 gcd128(Int128 a, Int128 b) {
  if (a < 0) a = -a;
  while (b != 0) {
    const Int128 r = a % b;
    a = b;
    b = r;
  }
  return a;
}

std::optional<Fraction> narrowed(Int128 numerator, Int128 denominator) {
  const Int128 common = gcd128(numerator, denominator);
  numerator /= common;
  denominator /= common;
  constexpr Int128 kMax = std::numeric_limits<std::int64_t>::max();
  if (numerator > kMax || numerator < -kMax || denominator > kMax) return std::nullopt;
  return Fraction::of(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
}

Int128 power_of_ten(int digits) {
  Int128 power = 1;
  for (int i = 0; i < digits; ++i) power *= 10;
  return power;
}

std::string rounded(Int128 numerator, Int128 denominator, int digits) {
  const bool negative = numerator < 0;
  if (negative) numerator = -numerator;
  const Int128 scaled = (numerator * power_of_ten(digits) * 2 + denominator) / (denominator * 2);
  std::string text = to_string(scaled);
  if (digits > 0) {
    const auto places = static_cast<std::size_t>(digits);
    if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
    text.insert(text.size() - places, 1, '.');
  }
  return negative && scaled != 0 ? "-" + text : text;
}

}  // namespace

std::string to_string(Int128 value) {
  if (value == 0) return "0";
  const bool negative = value < 0;
  std::string digits;
  while (value != 0) {
    const int digit = static_cast<int>(value % 10);
    digits += static_cast<char>('0' + (digit < 0 ? -digit : digit));
    value /= 10;
  }
  if (negative) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

std::optional<Fraction> Fraction::of(std::int64_t numerator, std::int64_t denominator) {
  // The least integer has no opposite: without it, every fraction can be negated.
  if (denominator <= 0 || numerator == std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  const std::int64_t common = std::gcd(numerator, denominator);
  Fraction fraction;
  fraction.numerator_ = numerator / common;
  fraction.denominator_ = denominator / common;
  return fraction;
}

std::optional<int> digits_after_point(std::string_view text) {
  if (!Fraction::parse_decimal(text)) return std::nullopt;
  const std::size_t point = text.find('.');
  return point == std::string_view::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

std::optional<Fraction> Fraction::parse_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  bool point = false;
  int digits = 0;
  int places = 0;
  for (char c : text) {
    if (c == '.' && !point && digits > 0) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9' || ++digits > 15) return std::nullopt;
    numerator = numerator * 10 + (c - '0');
    if (point) {
      denominator *= 10;
      ++places;
    }
  }
  if (digits == 0 || (point && places == 0)) return std::nullopt;
  return of(negative ? -numerator : numerator, denominator);
}

std::optional<Fraction> Fraction::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return parse_decimal(text);
  const std::string_view below = text.substr(slash + 1);
  const auto p = parse_decimal(text.substr(0, slash));
  const auto q = parse_decimal(below);
  if (!p || !q || text.find('.') != std::string_view::npos) return std::nullopt;
  return of(p->numerator_, q->numerator_);
}

std::string Fraction::text() const {
  std::string text = std::to_string(numerator_);
  if (denominator_ != 1) text += "/" + std::to_string(denominator_);
  return text;
}

std::string Fraction::decimal(int digits) const {
  SCR_CHECK(digits >= 0 && digits <= 9);
  return rounded(numerator_, denominator_, digits);
}

std::string Fraction::percent(int digits) const {
  SCR_CHECK(digits >= 0 && digits <= 9);
  return rounded(Int128{numerator_} * 100, denominator_, digits);
}

double Fraction::approximate() const {
  return static_cast<double>(numerator_) / static_cast<double>(denominator_);
}

std::strong_ordering operator<=>(const Fraction& a, const Fraction& b) {
  const Int128 left = Int128{a.numerator_} * b.denominator_;
  const Int128 right = Int128{b.numerator_} * a.denominator_;
  if (left < right) return std::strong_ordering::less;
  return left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::optional<Fraction> add(const Fraction& a, const Fraction& b) {
  Int128 sum = 0;
  const bool over = __builtin_add_overflow(Int128{a.numerator_} * b.denominator_,
                                           Int128{b.numerator_} * a.denominator_, &sum);
  if (over) return std::nullopt;
  return narrowed(sum, Int128{a.denominator_} * b.denominator_);
}

std::optional<Fraction> subtract(const Fraction& a, const Fraction& b) {
  Fraction negated = b;
  negated.numerator_ = -negated.numerator_;
  return add(a, negated);
}

std::optional<Fraction> multiply(const Fraction& a, const Fraction& b) {
  return narrowed(Int128{a.numerator_} * b.numerator_, Int128{a.denominator_} * b.denominator_);
}

}  // namespace scr
