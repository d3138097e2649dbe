// SPDX-License-Identifier: Apache-2.0
#include "witness/quorum.h"

#include <bit>
#include <cstdint>

#include <gtest/gtest.h>

#include "witness/vectors_testing.h"

namespace scr::witness {
namespace {

// The meaning itself: over all pairs of sets of k of n, the least number of members in common.
int least_overlap(unsigned n, int k) {
  int least = static_cast<int>(n);
  for (unsigned a = 0; a < 1u << n; ++a) {
    if (std::popcount(a) != k) continue;
    for (unsigned b = 0; b < 1u << n; ++b) {
      if (std::popcount(b) == k) least = std::min(least, std::popcount(a & b));
    }
  }
  return least;
}

TEST(Quorum, IsThatOfSigsumsTable) {
  const auto& rows = vectors()["quorum_table"]["rows"];
  ASSERT_EQ(rows.size(), 15u);
  for (const auto& row : rows) {
    const auto n = row["n"].get<std::size_t>();
    const auto k = row["min_k_if_all_k_honest"].get<std::size_t>();
    EXPECT_EQ(two_thirds_quorum(n), k) << n;
    EXPECT_EQ(colluders_survived(n, k), row["f_tolerated_at_that_k"].get<std::size_t>()) << n;
  }
}

TEST(Quorum, IsThatOfTheTableForEachNumberOfColluders) {
  const auto& rows = vectors()["quorum_table"]["k_for_f"];
  ASSERT_EQ(rows.size(), 40u);
  for (const auto& row : rows) {
    const auto n = row["n"].get<std::size_t>();
    const auto f = row["f"].get<std::size_t>();
    const auto k = row["k"].get<std::size_t>();
    EXPECT_EQ(safe_quorum(n, f), k) << n << ' ' << f;
    EXPECT_TRUE(is_live(k, n, f));
    EXPECT_FALSE(is_safe(k - 1, n, f));
  }
}

TEST(Quorum, IsSafeExactlyIfAnyTwoShareMoreThanTheColluders) {
  for (unsigned n = 1; n <= 8; ++n) {
    for (unsigned k = 1; k <= n; ++k) {
      const int overlap = least_overlap(n, static_cast<int>(k));
      for (unsigned f = 0; f <= n; ++f) {
        EXPECT_EQ(is_safe(k, n, f), overlap > static_cast<int>(f)) << n << ' ' << k << ' ' << f;
      }
    }
  }
}

TEST(Quorum, SurvivesAsManyColludersAsItSays) {
  for (std::size_t n = 1; n <= 30; ++n) {
    for (std::size_t k = 1; k <= n; ++k) {
      if (!is_safe(k, n, 0)) continue;
      const std::size_t f = colluders_survived(n, k);
      EXPECT_TRUE(is_safe(k, n, f) && is_live(k, n, f)) << n << ' ' << k;
      EXPECT_FALSE(is_safe(k, n, f + 1) && is_live(k, n, f + 1)) << n << ' ' << k;
    }
  }
}

TEST(Quorum, OfTwoOfThreeSurvivesNoColluder) {
  EXPECT_EQ(colluders_survived(3, 2), 0u);
}

TEST(Quorum, DoesNotOverflow) {
  EXPECT_EQ(safe_quorum(SIZE_MAX, 0), SIZE_MAX / 2 + 1);
  EXPECT_EQ(two_thirds_quorum(0), 1u);
  EXPECT_FALSE(is_live(1, 0, 0));
}

}  // namespace
}  // namespace scr::witness
