// SPDX-License-Identifier: Apache-2.0
//
// Random numbers for simulations only: fast, seeded, the same everywhere. Samples that are audited
// are drawn by sampler.h instead.
//
//   Stream random(seed, trial);     // each trial has a stream of its own, so that results do not
//   random.below(6);                // depend on which thread runs it
//
// SplitMix64 (Steele, Lea & Flood 2014) spreads the seed; xoshiro256++ (Blackman & Vigna 2019) runs
// from there. One thread at a time.

#pragma once

#include <array>
#include <cstdint>

#include "base/int128.h"

namespace scr::audit {

class Stream {
 public:
  Stream(std::uint64_t seed, std::uint64_t trial) {
    std::uint64_t x = seed ^ mix(trial + 0x632BE59BD9B4E019u);
    for (std::uint64_t& word : state_) word = mix(x += 0x9E3779B97F4A7C15u);
  }

  std::uint64_t next() {
    const std::uint64_t result = rotate(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotate(state_[3], 45);
    return result;
  }

  // Uniform in [0, n), exactly (Lemire 2019). REQUIRES: n > 0.
  std::uint64_t below(std::uint64_t n) {
    Wide product = Wide(next()) * n;
    if (static_cast<std::uint64_t>(product) < n) {
      const std::uint64_t floor = (0 - n) % n;
      while (static_cast<std::uint64_t>(product) < floor) product = Wide(next()) * n;
    }
    return static_cast<std::uint64_t>(product >> 64);
  }

  // Uniform in [0, 1): 53 bits.
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  __extension__ typedef unsigned __int128 Wide;

  static std::uint64_t rotate(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
  static std::uint64_t mix(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
  }

  std::array<std::uint64_t, 4> state_;
};

}  // namespace scr::audit
