// SPDX-License-Identifier: Apache-2.0
#include "print/digits.h"

#include <algorithm>
#include <cmath>
#include <span>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace scr::print {
namespace {

// Sums of whole numbers are the same in whatever order they are made, and quick: cells in 64ths,
// weights as they are, both 16 bits wide.
constexpr float kSteps = 64;

using Steps = std::array<std::int16_t, kCellSize>;

// `weights`: kCellSize for each sum.
inline void sums_of(std::span<const std::int16_t> weights, const Steps& steps,
                    std::span<std::int32_t> sums) {
  for (std::size_t unit = 0; unit < sums.size(); ++unit) {
    const std::int16_t* row = weights.data() + unit * kCellSize;
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < kCellSize; ++i)
      sum += std::int32_t{row[i]} * std::int32_t{steps[i]};
    sums[unit] = sum;
  }
}

#if defined(__x86_64__)
// The same, with the wider registers of newer processors.
__attribute__((target("avx2"))) void sums_avx2(std::span<const std::int16_t> weights,
                                               const Steps& steps, std::span<std::int32_t> sums) {
  for (std::size_t unit = 0; unit < sums.size(); ++unit) {
    const std::int16_t* row = weights.data() + unit * kCellSize;
    __m256i sum = _mm256_setzero_si256();
    for (std::size_t i = 0; i < kCellSize; i += 16) {
      const auto a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + i));
      const auto b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(steps.data() + i));
      sum = _mm256_add_epi32(sum, _mm256_madd_epi16(a, b));
    }
    __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4e));
    half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xb1));
    sums[unit] = _mm_cvtsi128_si32(half);
  }
}
static_assert(kCellSize % 16 == 0);
#endif

void hidden_sums(std::span<const std::int16_t> weights, const Steps& steps,
                 std::span<std::int32_t> sums) {
#if defined(__x86_64__)
  static const bool kWider = __builtin_cpu_supports("avx2") != 0;
  if (kWider) return sums_avx2(weights, steps, sums);
#endif
  sums_of(weights, steps, sums);
}

template <std::size_t units>
class Network {
 public:
  explicit Network(const DigitWeights<units>& weights) : weights_(weights) {
    std::copy(weights.hidden.begin(), weights.hidden.end(), hidden_.begin());
    for (std::size_t unit = 0; unit < units; ++unit) {
      for (std::size_t sign = 0; sign < kSigns; ++sign)
        out_[unit * kSigns + sign] = static_cast<float>(weights.out[sign * units + unit]);
    }
  }

  LogShares look_at(const Steps& steps) const {
    std::array<std::int32_t, units> sums;
    hidden_sums(hidden_, steps, sums);
    LogShares out{};
    for (std::size_t unit = 0; unit < units; ++unit) {
      const float hidden =
          std::max(0.0F, static_cast<float>(sums[unit]) * (weights_.hidden_scale / kSteps) +
                             weights_.hidden_bias[unit]);
      for (std::size_t sign = 0; sign < kSigns; ++sign)
        out[sign] += out_[unit * kSigns + sign] * hidden;
    }
    for (std::size_t sign = 0; sign < kSigns; ++sign)
      out[sign] = out[sign] * weights_.out_scale + weights_.out_bias[sign];
    return out;
  }

 private:
  const DigitWeights<units>& weights_;
  std::array<std::int16_t, units * kCellSize> hidden_;
  std::array<float, units * kSigns> out_;  // by unit, so that all signs are summed side by side
};

}  // namespace

LogShares classify(const Cell& cell, Focus focus) {
  static const Network kSharp(kSharpWeights);
  static const Network kBlurred(kBlurredWeights);
  Steps steps;
  for (std::size_t i = 0; i < kCellSize; ++i) {
    // Half a step more and cut off: rounds, for what is above -1000.
    steps[i] = static_cast<std::int16_t>(static_cast<int>(cell[i] * kSteps + 1000.5F) - 1000);
  }
  LogShares out = focus == Focus::sharp ? kSharp.look_at(steps) : kBlurred.look_at(steps);
  const float most = *std::max_element(out.begin(), out.end());
  float whole = 0;
  for (const float value : out) whole += std::exp(value - most);
  const float norm = most + std::log(whole);
  for (float& value : out) value -= norm;
  return out;
}

}  // namespace scr::print
