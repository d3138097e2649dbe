// SPDX-License-Identifier: Apache-2.0
//
// Counts of ballots or of people.

#pragma once

#include <compare>
#include <cstdint>
#include <optional>

namespace scr::election {

// Ballots counted for something, or electors: whole, never negative, exact in every JSON reader
// (below 2^53). A number that is missing is std::optional<Votes>, not 0.
class Votes {
 public:
  static constexpr std::int64_t kMax = (std::int64_t{1} << 53) - 1;

  constexpr Votes() = default;
  static constexpr std::optional<Votes> from(std::int64_t n) {
    if (n < 0 || n > kMax) return std::nullopt;
    return Votes(n);
  }

  constexpr std::int64_t count() const { return n_; }
  friend constexpr auto operator<=>(Votes, Votes) = default;

  // Nothing if the sum is beyond kMax.
  friend constexpr std::optional<Votes> add(Votes a, Votes b) { return from(a.n_ + b.n_); }

 private:
  constexpr explicit Votes(std::int64_t n) : n_(n) {}
  std::int64_t n_ = 0;
};

// A difference of two counts: signed.
using VoteMargin = std::int64_t;

}  // namespace scr::election
