// SPDX-License-Identifier: Apache-2.0
#include "print/digits.h"

#include <algorithm>
#include <cmath>

namespace scr::print {
namespace {

// Sums of whole numbers are the same in whatever order they are made, and quick: cells in 64ths,
// weights as they are, both 16 bits wide.
constexpr float kSteps = 64;

using WideWeights = std::array<std::int16_t, kHidden * kCellSize>;

WideWeights widened() {
  WideWeights wide;
  std::copy(kDigitWeights.hidden.begin(), kDigitWeights.hidden.end(), wide.begin());
  return wide;
}

std::int32_t dot(const std::int16_t* a, const std::int16_t* b) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < kCellSize; ++i) sum += std::int32_t{a[i]} * std::int32_t{b[i]};
  return sum;
}

}  // namespace

LogShares classify(const Cell& cell) {
  static const WideWeights kWide = widened();
  const DigitWeights& net = kDigitWeights;
  std::array<std::int16_t, kCellSize> steps;
  for (std::size_t i = 0; i < kCellSize; ++i) {
    // Half a step more and cut off: rounds, for what is above -1000.
    steps[i] = static_cast<std::int16_t>(static_cast<int>(cell[i] * kSteps + 1000.5F) - 1000);
  }
  std::array<float, kHidden> hidden;
  for (std::size_t unit = 0; unit < kHidden; ++unit) {
    const auto sum = static_cast<float>(dot(kWide.data() + unit * kCellSize, steps.data()));
    hidden[unit] = std::max(0.0F, sum * (net.hidden_scale / kSteps) + net.hidden_bias[unit]);
  }
  LogShares out;
  for (std::size_t sign = 0; sign < kSigns; ++sign) {
    float sum = 0;
    for (std::size_t unit = 0; unit < kHidden; ++unit)
      sum += static_cast<float>(net.out[sign * kHidden + unit]) * hidden[unit];
    out[sign] = sum * net.out_scale + net.out_bias[sign];
  }
  const float most = *std::max_element(out.begin(), out.end());
  float whole = 0;
  for (const float value : out) whole += std::exp(value - most);
  const float norm = most + std::log(whole);
  for (float& value : out) value -= norm;
  return out;
}

}  // namespace scr::print
