// SPDX-License-Identifier: Apache-2.0
//
// One printed letter's cell -> which digit it is, or that it is blank: a small neural network,
// trained by src/training on generated sheets (docs/reading.md).
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
LogShares classify(const Cell& cell);

// The network: cell -> kHidden, rectified -> kSigns. Weights are whole numbers times a scale.
inline constexpr std::size_t kHidden = 80;
struct DigitWeights {
  std::array<std::int8_t, kHidden * kCellSize> hidden;  // by hidden unit
  std::array<float, kHidden> hidden_bias;
  float hidden_scale;
  std::array<std::int8_t, kSigns * kHidden> out;  // by sign
  std::array<float, kSigns> out_bias;
  float out_scale;
};
extern const DigitWeights kDigitWeights;

}  // namespace scr::print
