// SPDX-License-Identifier: Apache-2.0
//
// Chance for the controls: the same draws on every machine from the same seed and the same name of
// what they are for, so that anybody can make the very control again.
//
//   Chance chance(plan.seed, "ties/EG/clean");
//   chance.successes(364, 232, 364);      // of 364 voters, each with probability 232 / 364
//
// SplitMix64 (Steele, Lea, Flood 2014), begun with the first 8 bytes, big-endian, of SHA-256 over
// seed, a zero byte, and name. Whole numbers only. A value; one thread at a time.

#pragma once

#include <cstdint>
#include <string_view>

namespace scr::forensics {

class Chance {
 public:
  Chance(std::string_view seed, std::string_view name);

  std::uint64_t next();

  // 0 .. n - 1; its bias, below n / 2^64, is far below what a control can show. REQUIRES: n > 0.
  std::int64_t below(std::int64_t n);

  // True with probability part / whole. REQUIRES: 0 <= part <= whole, whole > 0.
  bool happens(std::int64_t part, std::int64_t whole) { return below(whole) < part; }

  // How many of n independent trials succeed, one draw each: binomial.
  std::int64_t successes(std::int64_t n, std::int64_t part, std::int64_t whole);

  // How many of `drawn` out of `total` are among the `marked`: hypergeometric.
  std::int64_t marked_among(std::int64_t total, std::int64_t marked, std::int64_t drawn);

 private:
  std::uint64_t state_ = 0;
};

}  // namespace scr::forensics
