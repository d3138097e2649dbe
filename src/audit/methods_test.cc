// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "audit/batches.h"
#include "audit/polling.h"
#include "audit/sampler.h"
#include "audit/simulate.h"
#include "audit/strata.h"

namespace scr::audit {
namespace {

constexpr double kLimit = 0.1;

void expect_limited(const char* name, std::int64_t confirmed, std::int64_t trials) {
  EXPECT_GT(chance_if_limited(confirmed, trials, kLimit), 1e-6) << name << ": " << confirmed;
}

TEST(Assertions, SayThatEachWinnerBeatsEachLoser) {
  const std::int64_t votes[] = {30, 50, 20, 50};
  const auto two_win = assertions_of({.winners = 2, .majority = {}}, votes);
  ASSERT_TRUE(two_win);
  ASSERT_EQ(two_win->size(), 4u);
  EXPECT_EQ(two_win->front(), (Assertion{.winner = 1, .loser = 0, .majority = {}}));
  const auto tie = assertions_of({}, votes);
  ASSERT_FALSE(tie);
  EXPECT_EQ(tie.error().code, ErrorCode::conflict);
  EXPECT_FALSE(assertions_of({.winners = 4, .majority = {}}, votes));
}

TEST(Assertions, AMajorityMustBeReachedToBeConfirmed) {
  const std::int64_t votes[] = {60, 40};
  const auto half = assertions_of({.winners = 1, .majority = Fraction::of(1, 2)}, votes);
  ASSERT_TRUE(half);
  EXPECT_FALSE(half->back().loser);
  EXPECT_FALSE(assertions_of({.winners = 1, .majority = Fraction::of(2, 3)}, votes));
  // 60 of 100 with 20 ballots without a vote: (60 * 1 + 20 / 2) / 120.
  EXPECT_NEAR(mean_of(half->back(), {{60, 40}, 120}), 70.0 / 120, 1e-15);
}

TEST(Assertions, AnAssorterAveragesToItsMean) {
  const Tallied tallied{{37, 25, 11}, 80};
  for (const Assertion& assertion :
       {Assertion{.winner = 0, .loser = 1, .majority = {}},
        Assertion{.winner = 0, .loser = {}, .majority = *Fraction::of(2, 5)}}) {
    double sum = 7 * assort(assertion, std::nullopt);
    for (std::size_t option = 0; option < 3; ++option)
      sum += static_cast<double>(tallied.votes[option]) * assort(assertion, option);
    EXPECT_NEAR(sum / 80, mean_of(assertion, tallied), 1e-15);
  }
}

TEST(Bravo, ConfirmsATieNoMoreOftenThanTheRiskLimit) {
  std::int64_t confirmed = 0;
  for (std::uint64_t i = 0; i < 800; ++i) {
    Stream random(11, i);
    Seen seen;
    for (int n = 0; n < 300 && bravo_p(0.6, seen) > kLimit; ++n)
      ++(random.below(2) == 0 ? seen.winner : seen.loser);
    confirmed += bravo_p(0.6, seen) <= kLimit;
  }
  expect_limited("BRAVO", confirmed, 800);
}

TEST(Minerva, ConfirmsATieNoMoreOftenThanTheRiskLimitOverSeveralRounds) {
  std::int64_t confirmed = 0;
  for (std::uint64_t i = 0; i < 800; ++i) {
    Stream random(12, i);
    std::vector<Seen> rounds;
    for (int round = 0; round < 3; ++round) {
      Seen seen;
      for (int n = 0; n < 40; ++n) ++(random.below(2) == 0 ? seen.winner : seen.loser);
      rounds.push_back(seen);
      if (minerva_p(0.65, kLimit, rounds) <= kLimit) {
        ++confirmed;
        break;
      }
    }
  }
  expect_limited("Minerva", confirmed, 800);
  EXPECT_GT(confirmed, 20);  // it spends most of what it may
}

TEST(Minerva, ARoundThatStoppedTheAuditStandsWhateverCameAfter) {
  const Seen first[] = {{56, 40}};
  const Seen more[] = {{56, 40}, {0, 50}};
  EXPECT_EQ(minerva_p(0.6, 0.1, first), minerva_p(0.6, 0.1, more));
}

// A manifest whose reported lead is wrong by just so much that it is a tie, the error in as few
// batches as can hold it: the worst case for a sample.
struct WrongBatches {
  Batches batches;
  std::vector<double> taints;
};

WrongBatches few_large_errors() {
  std::vector<BatchTally> reported;
  for (int i = 0; i < 60; ++i) reported.push_back({{60 + i % 7, 40}, 110});
  auto batches = Batches::make({{{{.winner = 0, .loser = 1, .majority = {}}}, reported}});
  std::int64_t error = 0;
  for (const BatchTally& batch : reported) error += batch.votes[0] - batch.votes[1];
  std::vector<double> taints;
  for (std::size_t p = 0; p < reported.size(); ++p) {
    BatchTally found = reported[p];
    const std::int64_t here = std::min<std::int64_t>(error, 120);
    found.votes[0] -= here / 2;
    found.votes[1] += here - here / 2;
    error -= here;
    const BatchTally each[] = {found};
    taints.push_back(batches->taint(p, each));
  }
  EXPECT_EQ(error, 0);
  return {*batches, taints};
}

TEST(Batches, ConfirmATieNoMoreOftenThanTheRiskLimit) {
  const WrongBatches wrong = few_large_errors();
  const double bound = wrong.batches.total_bound();
  std::int64_t by_markov = 0;
  std::int64_t by_alpha = 0;
  for (int i = 0; i < 800; ++i) {
    const auto drawn = weighted_sample("seed " + std::to_string(i), wrong.batches.weights(), 40);
    ASSERT_TRUE(drawn);
    std::vector<double> taints;
    Martingale alpha(Alpha{.eta = 1 - 0.1 / bound, .d = 50}, {.mean = 1 - 1 / bound});
    for (std::size_t p : *drawn) {
      taints.push_back(wrong.taints[p]);
      alpha.take(1 - std::max(0.0, wrong.taints[p]));
    }
    by_markov += kaplan_markov_sequential(bound, taints) <= kLimit;
    by_alpha += alpha.p_value() <= kLimit;
  }
  expect_limited("Kaplan-Markov", by_markov, 800);
  expect_limited("ALPHA", by_alpha, 800);
}

TEST(Batches, ATaintOfOneEndsTheProductForGood) {
  const double taints[] = {0, 0, 1, 0};
  EXPECT_EQ(kaplan_markov_p(10, taints), 1);
  EXPECT_NEAR(kaplan_markov_sequential(10, taints), 0.81, 1e-15);
}

TEST(Batches, OfSeveralContestsAreBoundByTheClosest) {
  const std::vector<Assertion> pair{{.winner = 0, .loser = 1, .majority = {}}};
  const ContestBatches wide{pair, {{{90, 10}, 100}, {{90, 10}, 100}}};
  const ContestBatches close{pair, {{{51, 49}, 100}, {{52, 48}, 100}}};
  const auto both = Batches::make({wide, close});
  const auto one = Batches::make({close});
  ASSERT_TRUE(both && one);
  EXPECT_EQ(both->total_bound(), one->total_bound());
  const BatchTally right[] = {{{90, 10}, 100}, {{51, 49}, 100}};
  const BatchTally wrong[] = {{{90, 10}, 100}, {{50, 50}, 100}};
  EXPECT_EQ(both->taint(0, right), 0);
  EXPECT_NEAR(both->taint(0, wrong), 2.0 / 102, 1e-13);
  EXPECT_FALSE(Batches::make({close}, 6));  // as many ballots that nobody can audit as the lead
}

// A lead of a tenth that is gone: one record in twenty says the winner where the ballot says the
// loser. Looked at after every ballot.
TEST(SuperSimple, ConfirmsATieNoMoreOftenThanTheRiskLimit) {
  std::int64_t confirmed = 0;
  for (std::uint64_t trial = 0; trial < 800; ++trial) {
    Stream random(41, trial);
    Errors errors;
    for (std::int64_t n = 1; n <= 300; ++n) {
      errors.over2 += random.below(20) == 0 ? 1 : 0;
      if (supersimple_p(0.1, n, errors) > kLimit) continue;
      ++confirmed;
      break;
    }
  }
  EXPECT_GT(confirmed, 0);
  expect_limited("super-simple", confirmed, 800);
}

// The least over all splits, by trying many: what the multiplier finds must not be above it, nor
// far below.
TEST(Strata, TheWorstSplitIsFoundFromTheSafeSide) {
  Stratum first{.ballots = 600, .upper = 1, .eta = 0.7, .values = {}};
  Stratum second{.ballots = 400, .upper = 1, .eta = 0.6, .values = {}};
  Stream random(5, 0);
  for (int i = 0; i < 60; ++i) {
    first.values.push_back(random.below(10) < 8 ? 1 : 0);
    second.values.push_back(random.below(10) < 6 ? 1 : 0.5);
  }
  const Stratum both[] = {first, second};
  const double p = stratified_p(both, 20);
  EXPECT_LT(p, 0.05);
  // A single stratum of all, tested at the split (m, (500 - 600 m) / 400), by the same bets.
  const auto ln_fortune = [](const Stratum& stratum, double mean) {
    double sum = 0;
    double fortune = 0;
    double drawn = 0;
    for (double x : stratum.values) {
      const double m = (static_cast<double>(stratum.ballots) * mean - sum) /
                       (static_cast<double>(stratum.ballots) - drawn);
      const double eta = (20 * stratum.eta + sum) / (20 + drawn);
      const double bet = std::clamp((eta - 0.5) / 0.5, 0.01, 0.95);
      fortune += std::log(1 - bet + bet * x / m);
      sum += x;
      drawn += 1;
    }
    return fortune;
  };
  double least = 1e9;
  for (int i = 1; i < 20000; ++i) {
    const double mean = i / 20000.0;
    const double other = (500 - 600 * mean) / 400;
    if (other >= 1 || other <= 0.12 || mean <= 0.1) continue;
    least = std::min(least, ln_fortune(first, mean) + ln_fortune(second, other));
  }
  EXPECT_GE(p, std::exp(-least) * (1 - 1e-9));
  EXPECT_LE(p, std::exp(-least) * 1.001);
}

TEST(Strata, ConfirmATieNoMoreOftenThanTheRiskLimit) {
  std::int64_t confirmed = 0;
  for (std::uint64_t i = 0; i < 150; ++i) {
    Stream random(21, i);
    // 60 % in one, 35 % in the other, weights 3 to 2 in votes: half of all.
    Stratum first{.ballots = 300, .upper = 1, .eta = 0.6, .values = {}};
    Stratum second{.ballots = 200, .upper = 1, .eta = 0.6, .values = {}};
    std::int64_t ones[] = {180, 70};
    std::int64_t left[] = {300, 200};
    for (int n = 0; n < 40; ++n) {
      for (std::size_t k = 0; k < 2; ++k) {
        const bool one = static_cast<std::int64_t>(
                             random.below(static_cast<std::uint64_t>(left[k]--))) < ones[k];
        ones[k] -= one ? 1 : 0;
        (k == 0 ? first : second).values.push_back(one ? 1 : 0);
      }
    }
    const Stratum both[] = {first, second};
    confirmed += stratified_p(both, 20) <= kLimit;
  }
  expect_limited("product over strata", confirmed, 150);
}

TEST(Strata, AreCertainWhenTheDrawsAre) {
  Stratum all{.ballots = 10, .upper = 1, .eta = 0.7, .values = std::vector<double>(6, 1.0)};
  EXPECT_EQ(stratified_p({&all, 1}, 10), 0);
}

TEST(WeightedSample, GoesByTheWeights) {
  const std::int64_t weights[] = {1, 0, 2, 7};
  const auto sample = weighted_sample("12345", weights, 4000);
  ASSERT_TRUE(sample);
  std::int64_t counts[4] = {};
  for (std::size_t i : *sample) ++counts[i];
  EXPECT_EQ(counts[1], 0);
  EXPECT_NEAR(static_cast<double>(counts[0]), 400, 80);
  EXPECT_NEAR(static_cast<double>(counts[2]), 800, 110);
  // A longer sample begins with the shorter one: a second round goes on where the first ended.
  const auto longer = weighted_sample("12345", weights, 4010);
  EXPECT_TRUE(std::equal(sample->begin(), sample->end(), longer->begin()));
}

TEST(WeightedSample, IsAsThePageOnFormatsSays) {
  // docs/formats/samplers.md, worked out there with sha256sum and bc.
  const std::int64_t weights[] = {5, 3, 2};
  const auto sample = weighted_sample("20270101", weights, 6);
  ASSERT_TRUE(sample);
  EXPECT_EQ(*sample, (std::vector<std::size_t>{2, 1, 1, 0, 0, 0}));
}

TEST(WeightedSample, RefusesWhatCannotBeDrawnFrom) {
  const std::int64_t nothing[] = {0, 0};
  const std::int64_t negative[] = {1, -1};
  EXPECT_FALSE(weighted_sample("1", nothing, 1));
  EXPECT_FALSE(weighted_sample("1", negative, 1));
  EXPECT_FALSE(weighted_sample("1", {}, 1));
}

TEST(Samplers, GoOnWhereAShorterSampleEnded) {
  const auto begins = [](const auto& shorter, const auto& longer) {
    return std::equal(shorter.begin(), shorter.end(), longer.begin());
  };
  EXPECT_TRUE(begins(cryptorandom_sample("1", 50, 10), cryptorandom_sample("1", 50, 20)));
  EXPECT_TRUE(begins(rivest_sample("1", 0, 49, false, 10), rivest_sample("1", 0, 49, false, 20)));
  const auto whole = cryptorandom_sample("1", 50, 50);
  EXPECT_EQ(std::set<std::int64_t>(whole.begin(), whole.end()).size(), 50u);
}

}  // namespace
}  // namespace scr::audit
