// SPDX-License-Identifier: Apache-2.0
//
// Chance that is the same on every machine: SplitMix64 (Steele, Lea, Flood, Fast Splittable
// Pseudorandom Number Generators, OOPSLA 2014), and no distribution of the standard library, whose
// numbers differ from one to the next.
//
// A value; one thread at a time.

#pragma once

#include <cmath>
#include <cstdint>

namespace scr::forge {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ull;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  // 0 <= x < 1
  double share() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  double between(double low, double high) { return low + (high - low) * share(); }
  // low .. high, both included
  int whole(int low, int high) {
    return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool happens(double probability) { return share() < probability; }
  // Near enough to a normal distribution: the sum of four numbers.
  double normal() { return (share() + share() + share() + share() - 2) * std::sqrt(3.0); }
  // A generator of its own for each part of a sheet, so that one part may ask for more.
  Chance apart(std::uint64_t part) { return Chance(next() ^ part * 0xD1B54A32D192ED03ull); }

 private:
  std::uint64_t state_;
};

}  // namespace scr::forge
