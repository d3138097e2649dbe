// SPDX-License-Identifier: Apache-2.0
// rooms: audit quickcount forensics
//
// Every bit of what audits, quick counts and tests compute, as one hash a room: it is the same from
// g++ and from clang++ (./dev check builds this with the other compiler), on every machine. A hash
// changes only with what is computed; then it is taken from the failing test, with both compilers.
#include <bit>

#include <gtest/gtest.h>

#include "audit/batches.h"
#include "audit/comparison.h"
#include "audit/martingale.h"
#include "audit/numeric.h"
#include "audit/polling.h"
#include "audit/simulate.h"
#include "audit/strata.h"
#include "base/sha256.h"
#include "forensics/made_up_testing.h"
#include "quickcount/estimate.h"

namespace scr {
namespace {

class Bits {
 public:
  void add(double value) { add_whole(std::bit_cast<std::uint64_t>(value)); }
  void add_whole(std::uint64_t word) {
    std::string bytes;
    for (int i = 0; i < 8; ++i) bytes += static_cast<char>(word >> (8 * i));
    hash_.add(bytes_of(bytes));
    ++count_;
  }
  void add(const std::optional<double>& value) {
    if (value) add(*value);
  }
  std::string hex() { return hash_.finish().hex(); }
  std::size_t count() const { return count_; }

 private:
  Sha256 hash_;
  std::size_t count_ = 0;
};

// Numbers in [0, 1] whose mean is about 0.6; some are 0, 1/2 and 1, as of ballots.
std::vector<double> values(std::size_t n) {
  audit::Stream random(17, 0);
  std::vector<double> all;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint64_t kind = random.below(8);
    const double between = random.unit();
    all.push_back(kind < 4 ? 1 : kind == 4 ? 0.5 : kind == 5 ? between : 0);
  }
  return all;
}

void add_martingales(Bits& bits) {
  const auto all = values(600);
  const std::vector<audit::Method> methods{audit::Alpha{.eta = 0.61},
                                           audit::Alpha{.eta = 0.7, .d = 20, .f = 0.3},
                                           audit::FixedAlternative{0.65},
                                           audit::FixedBet{0.7},
                                           audit::AdaptiveBet{.first = 0.3},
                                           audit::KellyMixture{},
                                           audit::KaplanWald{},
                                           audit::KaplanMarkov{},
                                           audit::KaplanKolmogorov{}};
  for (const auto& method : methods) {
    for (const bool finite : {false, true}) {
      const audit::Hypothesis null{.population =
                                       finite ? std::optional<std::int64_t>(2000) : std::nullopt};
      for (double p : audit::history(method, null, all).current) bits.add(p);
    }
  }
}

void add_polling(Bits& bits) {
  for (std::int64_t n : {10, 57, 400}) {
    bits.add(audit::bravo_p(0.57, {n, n / 2}));
    const audit::Seen rounds[] = {{n, n / 2}, {2 * n, n}};
    bits.add(audit::minerva_p(0.58, 0.05, rounds));
    bits.add(audit::supersimple_p(0.07, n, {.over1 = 1, .under1 = 2}));
    bits.add(audit::binomial_upper_tail(n, 0.31, n / 3));
    bits.add(audit::ln_factorial(n));
    bits.add(audit::chi_square_upper_tail(static_cast<double>(n), 8));
  }
  for (double p : {1e-9, 0.02, 0.5, 0.9}) bits.add(audit::normal_quantile(p));
  bits.add(audit::kaplan_markov_p(4.7, std::vector<double>{0, 0.01, 0, 0.3, 0}));
  bits.add_whole(static_cast<std::uint64_t>(audit::bravo_round({0.4, 0.32}, 0.1, 0.8)));
  bits.add_whole(static_cast<std::uint64_t>(audit::minerva_first_round(0.55, 0.1, 0.9)));
}

void add_strata(Bits& bits) {
  std::vector<audit::StratumRule> rules{{.weight = 0.5, .population = 3000},
                                        {.weight = 0.3, .population = 1800, .eta = 0.7},
                                        {.weight = 0.2, .population = 1200, .eta = 0.55}};
  audit::StratifiedTest test(rules, 0.5, 100);
  const auto all = values(300);
  for (std::size_t i = 0; i < all.size(); ++i) {
    test.take(i % 3, all[i]);
    bits.add(test.current_p());
  }
  const audit::ThreeWay reported{6000, 4000, 500};
  const auto split = audit::suite_p(
      [](double part) { return audit::suite_comparison_p(part, 2000, 10000, 80, 1.03905); },
      [&](double part) {
        return audit::suite_polling_p(part, 2000, reported, {60, 35, 4});
      },
      -3, 4);
  bits.add(split.p);
}

TEST(SameBits, OfAudits) {
  Bits bits;
  add_martingales(bits);
  add_polling(bits);
  add_strata(bits);
  EXPECT_GT(bits.count(), 11'000u);
  EXPECT_EQ(bits.hex(), "2dacf04f6e965a724f00172d02ed2df3f86869dfdedef2eefe0281edaa4c6191");
}

TEST(SameBits, OfQuickCounts) {
  audit::Stream random(5, 0);
  std::vector<quickcount::SampledStratum> strata(3);
  for (auto& stratum : strata) {
    stratum.stations = 200;
    stratum.registered = 120'000;
    for (int i = 0; i < 30; ++i) {
      const double valid = 300 + static_cast<double>(random.below(200));
      stratum.sample.push_back({valid * (0.5 + 0.2 * random.unit()), valid, valid + 150});
    }
  }
  Bits bits;
  for (const auto& estimate : {combined_ratio(strata), separate_ratio(strata)}) {
    ASSERT_TRUE(estimate);
    for (double one : {estimate->share, estimate->standard_error, estimate->low, estimate->high})
      bits.add(one);
  }
  for (std::size_t n : {5u, 20u, 30u}) {
    const auto limits =
        quickcount::confidence_sequence(std::span(strata[0].sample).first(n), 200, 650, 0.95);
    bits.add(limits.low);
    bits.add(limits.high);
  }
  EXPECT_EQ(bits.hex(), "9cd46c649128520f5c0259aff9592f83a52baf6ab0991ea24f6f01733d289f33");
}

void add_measured(Bits& bits, const std::optional<forensics::Measured>& measured) {
  if (!measured) return;
  bits.add(measured->statistic);
  bits.add(measured->expected);
  bits.add(measured->spread);
  bits.add(measured->p);
  for (const auto& [name, value] : measured->more) bits.add(value);
  for (const auto& bar : measured->bars) {
    bits.add(bar.expected);
    bits.add(bar.spread);
  }
  for (const auto& curve : measured->curves) {
    for (double share : curve.shares) bits.add(share);
  }
}

TEST(SameBits, OfStatisticalTests) {
  using namespace forensics;
  const MadeUpElection now = made_up_election({.arrivals = true});
  const MadeUpElection then = made_up_election({.seed = "four years before"});
  Plan plan{"a seed", {}};
  for (const auto& test : catalogue()) plan.tests.push_back(test.code);
  const Election past[] = {then.election()};
  const Screening screening = screen(now.election(), past, {}, plan);
  Bits bits;
  for (const TestResult& result : screening.results) {
    add_measured(bits, result.measured);
    add_measured(bits, result.clean);
    add_measured(bits, result.tampered);
    for (const PastFigure& figure : result.past) bits.add(figure.p);
    bits.add(result.p);
    bits.add(result.adjusted);
  }
  EXPECT_GT(bits.count(), 500u);
  EXPECT_EQ(bits.hex(), "8ff4caaf8959fe7d0826212e69406b2f2d9eec3ed86f6fa053173305758e859d");
}

}  // namespace
}  // namespace scr
