// SPDX-License-Identifier: Apache-2.0
//
// One printed letter's cell -> which digit it is, or that it is blank: small neural networks,
// trained by src/training on generated sheets (docs/reading.md). One reads what is in focus, or
// nearly. Where strokes run into each other and into the next letter's, a larger one sees a wider
// cell, and reads only such.
//
// Pure; any thread.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace scr::print {

// A cell, sampled row by row: 0 as light as the paper, 1 as dark as print.
inline constexpr int kCellColumns = 16;
inline constexpr int kCellRows = 18;
inline constexpr std::size_t kCellSize = std::size_t{kCellColumns} * kCellRows;
using Cell = std::array<float, kCellSize>;

// 0 .. 9, and blank.
inline constexpr std::size_t kSigns = 11;
inline constexpr std::size_t kBlank = 10;

// Natural logarithms of what share of belief each sign has; they add up to 1 before the logarithm.
using LogShares = std::array<float, kSigns>;

// How print is looked at.
enum class Focus { sharp, blurred };

// `cell`: cut out for the same focus (print/numbers.h).
LogShares classify(const Cell& cell, Focus focus);

// A network: cell -> units, rectified -> kSigns. Weights are whole numbers times a scale.
template <std::size_t units>
struct DigitWeights {
  static constexpr std::size_t kUnits = units;
  std::array<std::int8_t, units * kCellSize> hidden;  // by unit
  std::array<float, units> hidden_bias;
  float hidden_scale;
  std::array<std::int8_t, kSigns * units> out;  // by sign
  std::array<float, kSigns> out_bias;
  float out_scale;
};
using SharpWeights = DigitWeights<80>;
using BlurredWeights = DigitWeights<160>;
extern const SharpWeights kSharpWeights;
extern const BlurredWeights kBlurredWeights;

}  // namespace scr::print
