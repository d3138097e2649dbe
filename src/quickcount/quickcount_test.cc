// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "audit/stream.h"
#include "quickcount/estimate.h"
#include "quickcount/sample.h"

namespace scr::quickcount {
namespace {

RosterStratum stratum_of(std::string id, std::size_t first, std::size_t count) {
  RosterStratum stratum{std::move(id), {}};
  for (std::size_t i = 0; i < count; ++i) stratum.stations.push_back(first + i);
  return stratum;
}

TEST(Allocate, IsProportionalButNeverBelowTwo) {
  const std::vector<RosterStratum> strata{stratum_of("a", 0, 700), stratum_of("b", 700, 290),
                                          stratum_of("c", 990, 9), stratum_of("d", 999, 1)};
  EXPECT_EQ(allocate(strata, 100), (std::vector<std::int64_t>{70, 29, 2, 1}));
  EXPECT_EQ(allocate(strata, 5000), (std::vector<std::int64_t>{700, 290, 9, 1}));
}

TEST(Sample, IsTheSameFromTheSameSeedAndInEachStratum) {
  const std::vector<RosterStratum> strata{stratum_of("a", 0, 40), stratum_of("b", 40, 20)};
  const auto sizes = allocate(strata, 15);
  const auto sample = sample_of(strata, sizes, "20310504");
  ASSERT_EQ(sample.size(), 15u);
  std::set<std::size_t> each;
  for (const Chosen& one : sample) {
    each.insert(one.station);
    EXPECT_EQ(one.stratum, one.station < 40 ? 0u : 1u);
  }
  EXPECT_EQ(each.size(), 15u);
  const auto again = sample_of(strata, sizes, "20310504");
  EXPECT_TRUE(std::equal(sample.begin(), sample.end(), again.begin(),
                         [](const Chosen& a, const Chosen& b) { return a.station == b.station; }));
  EXPECT_NE(sample_of(strata, sizes, "20310505")[0].station * 100 +
                sample_of(strata, sizes, "20310505")[1].station,
            sample[0].station * 100 + sample[1].station);
}

// Worked by hand: N = 10, 20; samples (30 of 50, 50 of 80), (10 of 40, 20 of 50, 30 of 60).
TEST(CombinedRatio, IsWhatTheFormulaGivesByHand) {
  const std::vector<SampledStratum> strata{{10, 0, {{30, 50, 0}, {50, 80, 0}}},
                                           {20, 0, {{10, 40, 0}, {20, 50, 0}, {30, 60, 0}}}};
  // Y = 10 * 40 + 20 * 20 = 800, X = 10 * 65 + 20 * 50 = 1650.
  const auto estimate = combined_ratio(strata);
  ASSERT_TRUE(estimate);
  EXPECT_NEAR(estimate->share, 800.0 / 1650, 1e-15);
  const double p = 800.0 / 1650;
  const double d1 = (30 - 50 * p) - (50 - 80 * p);
  const double s1 = d1 * d1 / 2;
  const double step = 10 - 10 * p;  // the second stratum's residuals rise by this
  const double s2 = step * step;
  const double variance = (100 * 0.8 * s1 / 2 + 400 * (1 - 3.0 / 20) * s2 / 3) / (1650.0 * 1650);
  EXPECT_NEAR(estimate->standard_error, std::sqrt(variance), 1e-15);
  EXPECT_NEAR(estimate->high - estimate->share, 1.959963984540054 * estimate->standard_error,
              1e-15);
}

TEST(CombinedRatio, OfAWholeCountryIsCertain) {
  const std::vector<SampledStratum> strata{{2, 0, {{30, 50, 0}, {50, 80, 0}}}, {1, 0, {{1, 4, 0}}}};
  const auto estimate = combined_ratio(strata);
  ASSERT_TRUE(estimate);
  EXPECT_NEAR(estimate->share, 81.0 / 134, 1e-15);
  EXPECT_EQ(estimate->standard_error, 0);
  EXPECT_EQ(estimate->collapsed, 0);
}

TEST(CombinedRatio, SaysNothingWhereAStratumIsNotInTheSample) {
  const std::vector<SampledStratum> strata{{5, 0, {{30, 50, 0}, {50, 80, 0}}}, {3, 0, {}}};
  EXPECT_FALSE(combined_ratio(strata));
}

TEST(CombinedRatio, PutsSingleStationsTogetherWithANeighbour) {
  const std::vector<SampledStratum> strata{{5, 0, {{30, 50, 0}, {50, 80, 0}}},
                                           {3, 0, {{20, 60, 0}}}};
  const auto estimate = combined_ratio(strata);
  ASSERT_TRUE(estimate);
  EXPECT_EQ(estimate->collapsed, 1);
  EXPECT_GT(estimate->standard_error, 0);
}

// A country of three regions that differ; samples of a tenth.
struct Country {
  std::vector<std::vector<Counted>> regions;
  double share = 0;
};

Country made_up(std::uint64_t seed) {
  audit::Stream random(seed, 0);
  Country country;
  double votes = 0;
  double valid = 0;
  for (double lean : {0.45, 0.55, 0.7}) {
    country.regions.emplace_back();
    for (int i = 0; i < 300; ++i) {
      const double registered = 300 + 600 * random.unit();
      const double cast = std::floor(registered * (0.5 + 0.3 * random.unit()));
      const double own = lean + 0.3 * (random.unit() - 0.5);
      country.regions.back().push_back({std::floor(cast * own), cast, registered});
      votes += country.regions.back().back().votes;
      valid += cast;
    }
  }
  country.share = votes / valid;
  return country;
}

std::vector<SampledStratum> sampled(const Country& country, audit::Stream& random, std::size_t n) {
  std::vector<SampledStratum> strata;
  for (const auto& region : country.regions) {
    SampledStratum stratum{static_cast<std::int64_t>(region.size()), 0, {}};
    for (const Counted& one : region) stratum.registered += one.registered;
    std::vector<Counted> left = region;
    for (std::size_t i = 0; i < n; ++i) {
      std::swap(left[i], left[i + random.below(left.size() - i)]);
      stratum.sample.push_back(left[i]);
    }
    strata.push_back(std::move(stratum));
  }
  return strata;
}

TEST(Ratios, IntervalsHoldTheTruthAboutNinetyFiveTimesInAHundred) {
  const Country country = made_up(1);
  int combined = 0;
  int separate = 0;
  constexpr int kTimes = 1000;
  for (std::uint64_t i = 0; i < kTimes; ++i) {
    audit::Stream random(2, i);
    const auto strata = sampled(country, random, 30);
    const auto one = combined_ratio(strata);
    const auto other = separate_ratio(strata);
    ASSERT_TRUE(one && other);
    combined += one->low <= country.share && country.share <= one->high;
    separate += other->low <= country.share && country.share <= other->high;
  }
  EXPECT_GE(combined, 920);
  EXPECT_LE(combined, 970);
  EXPECT_GE(separate, 920);
  EXPECT_LE(separate, 970);
}

TEST(ConfidenceSequence, HoldsTheTruthAtEveryMomentNineTimesInTen) {
  const Country country = made_up(3);
  std::vector<Counted> all;
  for (const auto& region : country.regions) all.insert(all.end(), region.begin(), region.end());
  int missed = 0;
  constexpr int kTimes = 60;
  for (std::uint64_t i = 0; i < kTimes; ++i) {
    audit::Stream random(4, i);
    for (std::size_t k = 0; k + 1 < all.size(); ++k)
      std::swap(all[k], all[k + random.below(all.size() - k)]);
    for (std::size_t n : {50u, 150u, 400u, 900u}) {
      const Limits limits = confidence_sequence(std::span(all).first(n), 900, 720, 0.9);
      if (country.share < limits.low || country.share > limits.high) {
        ++missed;
        break;
      }
      if (n == 900) EXPECT_LT(limits.high - limits.low, 0.02);
    }
  }
  EXPECT_LE(missed, 14);  // 6 are to be expected; 15 have a chance of 1 in 1,000
}

}  // namespace
}  // namespace scr::quickcount
