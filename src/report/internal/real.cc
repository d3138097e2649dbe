// SPDX-License-Identifier: Apache-2.0
#include "report/internal/real.h"

#include <array>
#include <charconv>
#include <cmath>

#include "report/words.h"

namespace scr::report::internal {

std::string significant(double value, int digits) {
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                 std::chars_format::general, digits);
  return {text.data(), end.ptr};
}

std::string real(Language language, double value, int digits) {
  std::int64_t scale = 1;
  for (int i = 0; i < digits; ++i) scale *= 10;
  const auto scaled = static_cast<std::int64_t>(std::llround(value * static_cast<double>(scale)));
  return decimal(language, *Fraction::of(scaled, scale), digits);
}

std::string p_value(Language language, double p) {
  if (p < 0.0001) {
    return say(language, "forensics.below", {{"value", real(language, 0.0001, 4)}});
  }
  return real(language, p, p < 0.01 ? 4 : 3);
}

}  // namespace scr::report::internal
