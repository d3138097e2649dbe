// SPDX-License-Identifier: Apache-2.0
#include "audit/martingale.h"

#include <gtest/gtest.h>

#include <cmath>

#include "audit/numeric.h"
#include "audit/simulate.h"
#include "base/elementary.h"

namespace scr::audit {
namespace {

constexpr double kRisk = 0.05;

// How often a test confirms what is false, beside what it may: the chance of so many false
// confirmations if the rate is the risk limit must not be tiny.
void expect_risk_is_limited(const char* name, const Method& test, const Hypothesis& hypothesis,
                            const Urn& urn, std::int64_t most) {
  constexpr std::int64_t kTrials = 600;
  std::int64_t confirmed = 0;
  for (std::int64_t i = 0; i < kTrials; ++i) {
    if (play(test, hypothesis, urn, kRisk, most, Stream(20240728, static_cast<std::uint64_t>(i)))
            .confirmed) {
      ++confirmed;
    }
  }
  EXPECT_GT(chance_if_limited(confirmed, kTrials, kRisk), 1e-6)
      << name << " confirmed " << confirmed;
}

const std::pair<const char*, Method> kTests[] = {
    {"ALPHA", Alpha{.eta = 0.7, .d = 20}},
    {"ALPHA with spread", Alpha{.eta = 0.6, .d = 10, .f = 0.01}},
    {"fixed alternative", FixedAlternative{.eta = 0.65}},
    {"fixed bet", FixedBet{.lambda = 0.5}},
    {"adaptive bet", AdaptiveBet{.first = 0.2}},
    {"mixture", KellyMixture{}},
    {"Kaplan-Wald", KaplanWald{.g = 0.1}},
    {"Kaplan-Markov", KaplanMarkov{.g = 0.1}},
};

TEST(Martingale, ConfirmsATieNoMoreOftenThanTheRiskLimit) {
  const Urn tie({{1.0, 200}, {0.5, 100}, {0.0, 200}});
  for (const auto& [name, test] : kTests) {
    expect_risk_is_limited(name, test, {.population = 500}, tie, 500);
    expect_risk_is_limited(name, test, {}, tie, 400);
  }
  expect_risk_is_limited("Kaplan-Kolmogorov", KaplanKolmogorov{.g = 0.1}, {.population = 500}, tie,
                         500);
}

TEST(Martingale, ConfirmsOverstatedRecordsNoMoreOftenThanTheRiskLimit) {
  // Records that overstate just so much that the outcome is a tie: a rare large error.
  const double margin = 0.1;
  const double upper = 2 / (2 - margin);
  const double right = 1 / (2 - margin);
  const Urn records({{right, 950}, {0.0, 50}});
  ASSERT_NEAR(records.mean(), 0.5, 1e-12);
  for (const Method& test : {Method(Alpha{.eta = right, .d = 100}), Method(KaplanWald{.g = 0.1}),
                             Method(KellyMixture{}), Method(FixedBet{.lambda = 0.9})}) {
    expect_risk_is_limited("comparison", test, {.upper = upper, .population = 1000}, records, 1000);
  }
}

TEST(Martingale, WhatIsNoLimitIsCaught) {
  // The same check on a method that looks at p after each draw as if it were the first: it must
  // fail.
  const Urn tie({{1.0, 250}, {0.0, 250}});
  std::int64_t confirmed = 0;
  for (std::uint64_t i = 0; i < 600; ++i) {
    Stream random(1, i);
    std::int64_t winners = 0;
    for (std::int64_t n = 1; n <= 200; ++n) {
      winners += tie.draw(random) > 0.5 ? 1 : 0;
      if (n >= 20 && binomial_upper_tail(n, 0.5, winners) <= kRisk) {
        ++confirmed;
        break;
      }
    }
  }
  EXPECT_LT(chance_if_limited(confirmed, 600, kRisk), 1e-6);
}

TEST(Martingale, ConfirmsAClearLeadSoon) {
  const Urn lead({{1.0, 700}, {0.0, 300}});
  for (const auto& [name, test] : kTests) {
    if (std::string(name) == "Kaplan-Markov") continue;  // not made for ballots without records
    std::int64_t confirmed = 0;
    for (std::uint64_t i = 0; i < 50; ++i)
      confirmed += play(test, {.population = 1000}, lead, kRisk, 1000, Stream(3, i)).confirmed;
    EXPECT_EQ(confirmed, 50) << name;
  }
}

TEST(Martingale, IsCertainWhenTheDrawsAre) {
  // 6 of 10 ballots were for the winner: then no others can make it at most half.
  Martingale test(Alpha{.eta = 0.6}, {.population = 10});
  for (int i = 0; i < 6; ++i) test.take(1);
  test.take(0);
  EXPECT_EQ(test.p_value(), 0);
  Martingale lost(Alpha{.eta = 0.6}, {.population = 10});
  for (int i = 0; i < 6; ++i) lost.take(0);
  lost.take(1);
  EXPECT_EQ(lost.fortune(), 0);
  EXPECT_EQ(lost.p_value(), 1);
}

TEST(Martingale, AnAdaptiveBetSurvivesAFirstDrawAtTheMean) {
  const double values[] = {0.5, 1, 1, 0, 1};
  const History all = history(AdaptiveBet{.first = 0.1}, {}, values);
  for (double p : all.current) EXPECT_TRUE(std::isfinite(p) && p > 0 && p <= 1) << p;
}

TEST(Numeric, AgreesWithTheLibraryToItsLastDigits) {
  for (std::int64_t n : {0, 1, 5, 22, 31, 32, 33, 170, 100000}) {
    EXPECT_NEAR(ln_factorial(n), std::lgamma(static_cast<double>(n) + 1),
                1e-15 * std::max(1.0, std::lgamma(static_cast<double>(n) + 1)))
        << n;
  }
}

TEST(Numeric, TailsAndQuantilesAreThoseOfTheTables) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-12);
  EXPECT_NEAR(normal_quantile(0.9), 1.2815515655446004, 1e-12);
  EXPECT_NEAR(normal_cdf(-7), 1.279812543885835e-12, 1e-16);
  EXPECT_NEAR(chi_square_upper_tail(9.487729036781154, 4), 0.05, 1e-12);
  EXPECT_NEAR(binomial_upper_tail(10, 0.5, 8), 56.0 / 1024, 1e-15);
  EXPECT_NEAR(binomial_upper_tail(1000, 0.5, 400), 1 - 9.008416e-11, 1e-12);
  EXPECT_EQ(binomial_quantile(10, 0.5, 0.5), 5);
  EXPECT_EQ(binomial_quantile(100, 0.6, 0.1), 54);
  EXPECT_EQ(binomial_quantile(7, 0.0, 0.5), 0);
  EXPECT_EQ(binomial_quantile(7, 1.0, 0.5), 7);
  EXPECT_EQ(binomial_upper_tail(5, 0.5, 0), 1);
  EXPECT_EQ(binomial_upper_tail(5, 0.5, 6), 0);
}

TEST(BinomialQuantile, IsTheSmallestCountWhileTrialsAreAdded) {
  for (const double p : {0.01, 0.5294117647058824, 0.91}) {
    for (const double quantile : {0.001, 0.1, 0.5, 0.99}) {
      BinomialQuantile walked(1, p, quantile);
      for (std::int64_t n = 2; n <= 400; ++n) {
        walked.add_trial();
        const std::int64_t k = walked.value();
        EXPECT_EQ(k, binomial_quantile(n, p, quantile)) << n << " " << p << " " << quantile;
        EXPECT_LE(binomial_upper_tail(n, p, k + 1), (1 - quantile) * (1 + 1e-9));
        if (k > 0) {
          EXPECT_GE(binomial_upper_tail(n, p, k), (1 - quantile) * (1 - 1e-9));
        }
      }
    }
  }
}

// All at once and one by one, to the last bit; through the end of a population, where the null mean
// is driven to its limits, and where the estimate is held at its floor.
TEST(Martingale, TakesAllAtOnceAsOneByOne) {
  Stream random(31, 0);
  for (int share : {45, 52, 60, 95}) {
    for (const bool finite : {false, true}) {
      for (const double d : {5.0, 100.0}) {
        std::vector<double> values;
        for (int i = 0; i < 500; ++i)
          values.push_back(static_cast<int>(random.below(100)) < share ? 1 : 0.25 * (i % 2));
        const Hypothesis null{.population =
                                  finite ? std::optional<std::int64_t>(500) : std::nullopt};
        const Method method = Alpha{.eta = 0.58, .d = d};
        const History at_once = history(method, null, values);
        Martingale one(method, null);
        for (std::size_t i = 0; i < values.size(); ++i) {
          one.take(values[i]);
          ASSERT_EQ(one.current_p(), at_once.current[i]) << share << " " << i;
        }
        EXPECT_EQ(one.p_value(), at_once.p_value);
      }
    }
  }
}

}  // namespace
}  // namespace scr::audit
