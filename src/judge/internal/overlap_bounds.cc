// SPDX-License-Identifier: Apache-2.0
#include "judge/internal/overlap_bounds.h"

#include <algorithm>

#include "base/check.h"
#include "base/int128.h"

namespace scr::judge {
namespace {

struct Scored {
  Int128 score;
  std::uint32_t sheet;
};

struct Sums {
  std::int64_t votes = 0;
  std::int64_t valid = 0;
};

// The set with the largest sum of sign * (q * votes - p * valid) of at least `overlap` sheets: the
// best `overlap` of them, and of the rest those that add to it.
Sums best_set(std::span<const std::int64_t> votes, std::span<const std::int64_t> valid,
              std::int64_t overlap, const Fraction& share, int sign, std::vector<Scored>& scratch) {
  scratch.clear();
  for (std::size_t i = 0; i < votes.size(); ++i) {
    const Int128 score =
        Int128{share.denominator()} * votes[i] - Int128{share.numerator()} * valid[i];
    scratch.push_back({sign * score, static_cast<std::uint32_t>(i)});
  }
  const auto forced = scratch.begin() + overlap;
  if (forced != scratch.end()) {
    std::nth_element(scratch.begin(), forced, scratch.end(),
                     [](const Scored& a, const Scored& b) { return a.score > b.score; });
  }
  Sums sums;
  for (auto it = scratch.begin(); it != scratch.end(); ++it) {
    if (it >= forced && it->score <= 0) continue;
    sums.votes += votes[it->sheet];
    sums.valid += valid[it->sheet];
  }
  return sums;
}

std::optional<Fraction> extreme_share(std::span<const std::int64_t> votes,
                                      std::span<const std::int64_t> valid, std::int64_t overlap,
                                      std::int64_t missing, bool largest) {
  SCR_CHECK(votes.size() == valid.size());
  SCR_CHECK(overlap >= 0 && overlap <= static_cast<std::int64_t>(votes.size()));
  const std::int64_t missing_for = largest ? missing : 0;
  std::vector<Scored> scratch;
  scratch.reserve(votes.size());
  Fraction share(largest ? 0 : 1);
  while (true) {
    const Sums best = best_set(votes, valid, overlap, share, largest ? 1 : -1, scratch);
    const auto next = Fraction::of(best.votes + missing_for, best.valid + missing);
    if (!next) return std::nullopt;  // nobody voted in that set
    const bool better = largest ? *next > share : *next < share;
    if (!better) return share;
    share = *next;
  }
}

}  // namespace

OverlapBound overlap_bound(std::vector<std::int64_t> values, std::int64_t overlap,
                           std::int64_t claimed) {
  SCR_CHECK(overlap >= 0 && overlap <= static_cast<std::int64_t>(values.size()));
  std::sort(values.begin(), values.end());
  OverlapBound bound;
  for (std::int64_t i = 0; i < overlap; ++i) bound.least += values[static_cast<std::size_t>(i)];
  std::int64_t sum = bound.least;
  while (sum > claimed) {
    ++bound.sheets_false_at_least;
    sum -= values[static_cast<std::size_t>(overlap - bound.sheets_false_at_least)];
  }
  return bound;
}

std::optional<Fraction> largest_share(std::span<const std::int64_t> votes,
                                      std::span<const std::int64_t> valid, std::int64_t overlap,
                                      std::int64_t missing) {
  return extreme_share(votes, valid, overlap, missing, true);
}

std::optional<Fraction> smallest_share(std::span<const std::int64_t> votes,
                                       std::span<const std::int64_t> valid, std::int64_t overlap,
                                       std::int64_t missing) {
  return extreme_share(votes, valid, overlap, missing, false);
}

}  // namespace scr::judge
