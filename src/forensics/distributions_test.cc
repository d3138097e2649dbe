// SPDX-License-Identifier: Apache-2.0
//
// Exact distributions against counting them out.
#include <cmath>

#include <gtest/gtest.h>

#include "forensics/chance.h"
#include "forensics/internal/distributions.h"

namespace scr::forensics {
namespace {

double choose(std::int64_t n, std::int64_t k) {
  double product = 1;
  for (std::int64_t i = 1; i <= k; ++i) {
    product *= static_cast<double>(n - k + i) / static_cast<double>(i);
  }
  return product;
}

TEST(Distributions, BinomialIsCountedOut) {
  Distribution draw;
  for (const auto [n, part, whole] :
       {std::array<std::int64_t, 3>{9, 2, 7}, {40, 39, 40}, {1, 1, 2}, {30, 1, 400}}) {
    binomial(n, part, whole, draw);
    const double p = static_cast<double>(part) / static_cast<double>(whole);
    double sum = 0;
    for (std::int64_t k = 0; k <= n; ++k) {
      const double counted = choose(n, k) * std::pow(p, static_cast<double>(k)) *
                             std::pow(1 - p, static_cast<double>(n - k));
      EXPECT_NEAR(draw.of(k), counted, 1e-13) << n << " " << k;
      sum += draw.of(k);
    }
    EXPECT_NEAR(sum, 1, 1e-13);
  }
  binomial(12, 0, 5, draw);
  EXPECT_EQ(draw.of(0), 1);
  binomial(12, 5, 5, draw);
  EXPECT_EQ(draw.of(12), 1);
}

TEST(Distributions, HypergeometricIsCountedOut) {
  Distribution draw;
  for (const auto [total, marked, drawn] :
       {std::array<std::int64_t, 3>{20, 7, 9}, {12, 11, 6}, {10, 5, 10}, {30, 2, 15}}) {
    hypergeometric(total, marked, drawn, draw);
    for (std::int64_t k = 0; k <= drawn; ++k) {
      const bool possible = k <= marked && drawn - k <= total - marked;
      const double counted =
          possible ? choose(marked, k) * choose(total - marked, drawn - k) / choose(total, drawn)
                   : 0;
      EXPECT_NEAR(draw.of(k), counted, 1e-13);
    }
  }
  EXPECT_NEAR(
      hypergeometric_tail(20, 7, 9, 6),
      draw.of(99) +
          [&] {
            hypergeometric(20, 7, 9, draw);
            return draw.of(6) + draw.of(7);
          }(),
      1e-14);
}

TEST(Distributions, SumOfChancesIsCountedOut) {
  const std::vector<double> chances{0.1, 0.7, 0.35, 0.5, 0.02};
  for (std::int64_t least = 0; least <= 6; ++least) {
    double counted = 0;
    for (unsigned world = 0; world < 32; ++world) {
      double p = 1;
      std::int64_t yes = 0;
      for (std::size_t i = 0; i < 5; ++i) {
        const bool happens = world >> i & 1;
        p *= happens ? chances[i] : 1 - chances[i];
        yes += happens;
      }
      if (yes >= least) counted += p;
    }
    EXPECT_NEAR(poisson_binomial_tail(chances, least), std::max(counted, 1e-30), 1e-15);
  }
}

TEST(Distributions, TailsAreThoseOfTheTables) {
  EXPECT_NEAR(chi_square_tail(3.841458820694124, 1), 0.05, 1e-12);
  EXPECT_NEAR(chi_square_tail(5.991464547107979, 2), 0.05, 1e-12);
  EXPECT_NEAR(chi_square_tail(16.918977604620448, 9), 0.05, 1e-12);
  EXPECT_EQ(chi_square_tail(0, 9), 1);
  EXPECT_NEAR(normal_two_sided(1.959963984540054), 0.05, 1e-12);
  EXPECT_NEAR(normal_two_sided(-1.959963984540054), 0.05, 1e-12);
}

TEST(Distributions, QuadraticFormLeavesOutWhatHasNoSpread) {
  const std::vector<double> differences{3, -3};
  const Quadratic fit = quadratic_form(differences, {2, -2, -2, 2});
  EXPECT_EQ(fit.degrees, 1);
  EXPECT_DOUBLE_EQ(fit.value, 4.5);
  const Quadratic two = quadratic_form(differences, {2, 0, 0, 4});
  EXPECT_EQ(two.degrees, 2);
  EXPECT_DOUBLE_EQ(two.value, 9.0 / 2 + 9.0 / 4);
}

// The draws are part of what anybody can do again: they may never change.
TEST(Chance, IsTheSameOnEveryMachine) {
  Chance chance("seed", "ties/EG/clean");
  EXPECT_EQ(chance.next(), 5239354449418292653ull);
}

TEST(Chance, DrawsWhatItIsAskedFor) {
  Chance chance("seed", "name");
  double successes = 0, marked = 0;
  for (int i = 0; i < 4000; ++i) {
    successes += static_cast<double>(chance.successes(20, 3, 10));
    const std::int64_t among = chance.marked_among(30, 12, 10);
    ASSERT_TRUE(among >= 0 && among <= 10);
    marked += static_cast<double>(among);
  }
  EXPECT_NEAR(successes / 4000, 6, 0.2);  // its deviation is 0.03
  EXPECT_NEAR(marked / 4000, 4, 0.2);
  EXPECT_EQ(chance.marked_among(10, 10, 4), 4);
  EXPECT_EQ(chance.successes(9, 1, 1), 9);
}

}  // namespace
}  // namespace scr::forensics
