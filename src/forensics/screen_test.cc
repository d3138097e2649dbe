// SPDX-License-Identifier: Apache-2.0
//
// What each test sees, what it must not see, and when it says nothing.
#include <array>
#include <bit>
#include <cmath>

#include <gtest/gtest.h>

#include "base/sha256.h"

#include "forensics/adjust.h"
#include "forensics/arrival.h"
#include "forensics/centres.h"
#include "forensics/digits.h"
#include "forensics/fingerprint.h"
#include "forensics/integer_percent.h"
#include "forensics/internal/effect.h"
#include "forensics/made_up_testing.h"
#include "forensics/screen.h"
#include "forensics/small_stations.h"

namespace scr::forensics {
namespace {

Plan plan_of(std::vector<TestCode> tests) {
  return {"a seed", std::move(tests)};
}

Plan everything() {
  Plan plan{"a seed", {}};
  for (const Test& test : catalogue()) plan.tests.push_back(test.code);
  return plan;
}

const TestResult& result_of(const Screening& screening, TestCode code, std::size_t nth = 0) {
  for (const TestResult& result : screening.results) {
    if (result.test == code && nth-- == 0) return result;
  }
  throw std::runtime_error("no such result");
}

Station table(std::uint32_t centre, std::int64_t valid, std::int64_t votes) {
  return {.centre = centre,
          .neighbourhood = 1,
          .electors = valid,
          .cast = valid,
          .valid = valid,
          .votes = votes};
}

// What p-values are for: over innocent elections, one in twenty is below 1/20, and half below 1/2.
TEST(Tests, RarelySeeSomethingWhereNothingIs) {
  int below = 0, half = 0, all = 0;
  for (int i = 0; i < 50; ++i) {
    const MadeUpElection made =
        made_up_election({.neighbourhoods = 30, .seed = "innocent " + std::to_string(i)});
    const Election e = made.election();
    const Stations stations = stations_of(e.definition, e.geography, e.returns, e.arrivals, 0);
    for (const TestCode code :
         {TestCode::last_digit, TestCode::last_pair, TestCode::integer_percent,
          TestCode::homogeneity, TestCode::small_stations}) {
      const double p = *test_of(code).measure(stations).p;
      below += p < 0.05;
      half += p < 0.5;
      ++all;
    }
  }
  EXPECT_EQ(all, 250);
  EXPECT_LE(below, 25);  // 12.5 are expected, give or take 3.4
  EXPECT_GT(half, 95);   // 125, give or take 8
  EXPECT_LT(half, 155);
}

TEST(Catalogue, NamesEachTestOnce) {
  for (const auto& test : catalogue()) {
    EXPECT_EQ(find_test(test.name), &test);
    EXPECT_EQ(&test_of(test.code), &test);
  }
  EXPECT_EQ(find_test("benford"), nullptr);
}

TEST(Screen, SeesNothingInAnInnocentElection) {
  const MadeUpElection made = made_up_election({.neighbourhoods = 200, .arrivals = true});
  const Screening screening = screen(made.election(), {}, {}, everything());
  EXPECT_EQ(screening.hypotheses, 14u);
  int tested = 0;
  for (const TestResult& result : screening.results) {
    EXPECT_FALSE(result.stands_out()) << test_of(result.test).name;
    tested += result.standing == Standing::tested;
    EXPECT_NE(result.standing, Standing::controls_failed) << test_of(result.test).name;
    EXPECT_NE(result.standing, Standing::too_weak) << test_of(result.test).name;
  }
  EXPECT_EQ(tested, 8);  // integer-percent, ties, last-digit, last-pair: of two options each
}

TEST(Screen, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const MadeUpElection made = made_up_election({});
  Plan plan = plan_of({TestCode::homogeneity});
  const Screening one = screen(made.election(), {}, {}, plan);
  const Screening again = screen(made.election(), {}, {}, plan);
  plan.seed = "another";
  const Screening other = screen(made.election(), {}, {}, plan);
  EXPECT_EQ(one.results[0].tampered->statistic, again.results[0].tampered->statistic);
  EXPECT_EQ(one.results[0].measured->p, other.results[0].measured->p);  // returns are not drawn
  EXPECT_NE(one.results[0].tampered->statistic, other.results[0].tampered->statistic);
}

// Every number of every result, bit by bit: the same from g++ and clang++, at every optimisation. A
// change of a formula changes it, and nothing else may.
TEST(Screen, GivesTheSameBitsFromEveryCompiler) {
  const MadeUpElection now = made_up_election({.neighbourhoods = 60, .arrivals = true});
  const MadeUpElection then = made_up_election({.neighbourhoods = 60, .seed = "before"});
  const Election past[] = {then.election()};
  Chance chance("seed", "sources");
  const auto sources = two_that_typed_apart(300, 20, chance);
  const Screening screening = screen(now.election(), past, sources, everything());
  Sha256 sum;
  const auto add = [&](double number) {
    const auto bits = std::bit_cast<std::array<std::byte, 8>>(number);
    sum.add(bits);
  };
  const auto add_all = [&](const std::optional<Measured>& measured) {
    if (!measured) return;
    for (const double number :
         {measured->statistic, measured->expected, measured->spread, measured->p.value_or(-1)}) {
      add(number);
    }
    for (const auto& [name, number] : measured->more) add(number);
    for (const Bar& bar : measured->bars) add(bar.seen), add(bar.expected), add(bar.spread);
    for (const Curve& curve : measured->curves) {
      for (const double share : curve.shares) add(share);
    }
  };
  for (const TestResult& result : screening.results) {
    add_all(result.measured);
    add_all(result.clean);
    add_all(result.tampered);
    add(result.p.value_or(-1));
    add(result.adjusted.value_or(-1));
  }
  EXPECT_EQ(sum.finish().hex(), "b85147d3a1f0438aabc3aece4263c8cfc7d74cd61a5d60ab03df4310f797377a");
}

TEST(Screen, RunsWhatWasRegisteredAndCountsAllOfItInTheAdjustment) {
  const MadeUpElection made = made_up_election({.neighbourhoods = 60, .tables = 1});
  const Screening screening =
      screen(made.election(), {}, {}, plan_of({TestCode::last_digit, TestCode::ties}));
  ASSERT_EQ(screening.results.size(), 4u);
  EXPECT_EQ(screening.hypotheses, 4u);
  const TestResult& refused = result_of(screening, TestCode::ties);
  EXPECT_EQ(refused.standing, Standing::refused);
  EXPECT_EQ(refused.reason, "too-few-centres");
  EXPECT_FALSE(refused.p);
  const TestResult& a = result_of(screening, TestCode::last_digit, 0);
  const TestResult& b = result_of(screening, TestCode::last_digit, 1);
  ASSERT_TRUE(a.p && b.p);
  const double smaller = std::min(*a.p, *b.p);
  EXPECT_DOUBLE_EQ(std::min(*a.adjusted, *b.adjusted), std::min(1.0, 4 * smaller));
}

TEST(Screen, SaysThatItIsTooWeakWhereEvenTheTamperedControlIsNotSeen) {
  const MadeUpElection made = made_up_election({.neighbourhoods = 10});
  const Screening screening = screen(made.election(), {}, {}, plan_of({TestCode::integer_percent}));
  EXPECT_EQ(screening.results[0].standing, Standing::too_weak);
  EXPECT_FALSE(screening.results[0].p);
}

TEST(Screen, RefusesFirstDigitsWhateverTheCounts) {
  const MadeUpElection made = made_up_election({});
  const Screening screening = screen(made.election(), {}, {}, plan_of({TestCode::first_digit}));
  ASSERT_EQ(screening.results.size(), 1u);
  EXPECT_EQ(screening.results[0].standing, Standing::refused);
  EXPECT_EQ(screening.results[0].reason, "sizes-are-capped");
  EXPECT_FALSE(screening.results[0].measured);
  EXPECT_EQ(screening.hypotheses, 0u);
}

TEST(Screen, RefusesLastDigitsOfMachines) {
  const MadeUpElection made = made_up_election({.machine = true});
  const Screening screening =
      screen(made.election(), {}, {}, plan_of({TestCode::last_digit, TestCode::last_pair}));
  for (const TestResult& result : screening.results) {
    EXPECT_EQ(result.reason, "machine-made-counts");
  }
}

TEST(Screen, SecondDigitsClaimNothingBecauseTheInnocentControlFailsToo) {
  const MadeUpElection made = made_up_election({.neighbourhoods = 150});
  const Screening screening = screen(made.election(), {}, {}, plan_of({TestCode::second_digit}));
  const TestResult& result = screening.results[0];
  EXPECT_EQ(result.standing, Standing::shown);
  EXPECT_FALSE(result.p);
  EXPECT_LT(*result.measured->p, 0.01);  // of Benford's law
  EXPECT_LT(*result.clean->p, 0.01);
  EXPECT_NEAR(result.measured->statistic / result.measured->expected, 1, 0.5);
}

TEST(Screen, ClaimsNothingOfCentresWithoutAnElectionOfThePast) {
  const MadeUpElection now = made_up_election({});
  const Plan plan = plan_of({TestCode::homogeneity, TestCode::small_stations});
  const Screening alone = screen(now.election(), {}, {}, plan);
  for (const TestResult& result : alone.results) {
    EXPECT_EQ(result.standing, Standing::uncalibrated);
    EXPECT_FALSE(result.p);
    EXPECT_FALSE(result.adjusted);
  }
  const MadeUpElection then = made_up_election({.seed = "before"});
  const Election past[] = {then.election()};
  const Screening beside = screen(now.election(), past, {}, plan);
  for (const TestResult& result : beside.results) {
    EXPECT_EQ(result.standing, Standing::tested);
    ASSERT_EQ(result.past.size(), 1u);
    EXPECT_EQ(*result.p, result.past[0].p);
    EXPECT_GT(*result.p, 0.001);
  }
}

TEST(Screen, SeesCentresThatAreMoreEvenThanInEveryElectionOfThePast) {
  MadeUpElection now = made_up_election({.neighbourhoods = 100});
  const MadeUpElection then = made_up_election({.neighbourhoods = 100, .seed = "before"});
  for (std::size_t i = 0; i + 1 < now.returns.size(); i += 2) {  // pairs of one centre
    review::StationReturn &a = now.returns[i], &b = now.returns[i + 1];
    const std::int64_t both = a.votes[0].count() + b.votes[0].count();
    const std::int64_t valid = a.valid.count() + b.valid.count();
    const std::int64_t first = a.valid.count() * both / valid;
    a.votes = {*election::Votes::from(first), *election::Votes::from(a.valid.count() - first)};
    b.votes = {*election::Votes::from(both - first),
               *election::Votes::from(b.valid.count() - both + first)};
  }
  const Election past[] = {then.election()};
  const Screening seen = screen(now.election(), past, {}, plan_of({TestCode::homogeneity}));
  EXPECT_TRUE(seen.results[0].stands_out());
  EXPECT_LT(seen.results[0].measured->statistic, 0.1);
  // Were it as even in the past, nothing would stand out.
  const Election same[] = {then.election(), now.election()};
  EXPECT_FALSE(
      screen(now.election(), same, {}, plan_of({TestCode::homogeneity})).results[0].stands_out());
}

TEST(Screen, LooksAtTheTwoLeadingOptionsOfEachElection) {
  MadeUpElection made = made_up_election({.neighbourhoods = 3});
  for (review::StationReturn& figures : made.returns) std::swap(figures.votes[0], figures.votes[1]);
  EXPECT_EQ(leading_options(made.election()), (std::vector<std::size_t>{1, 0}));
  for (review::StationReturn& figures : made.returns) figures.votes[0] = {};
  EXPECT_EQ(leading_options(made.election()), (std::vector<std::size_t>{1}));
  const Screening screening = screen(made.election(), {}, {}, plan_of({TestCode::ties}));
  ASSERT_EQ(screening.results.size(), 2u);
  EXPECT_EQ(screening.results[1].reason, "no-votes");
}

TEST(Stations, AreLeftOutWhereVotesCannotBeCompared) {
  MadeUpElection made = made_up_election({.neighbourhoods = 1, .centres = 1, .tables = 3});
  made.returns[0].valid = {};
  made.returns[1].votes[0] = *election::Votes::from(made.returns[1].valid.count() + 1);
  const Election e = made.election();
  EXPECT_EQ(stations_of(e.definition, e.geography, e.returns, e.arrivals, 0).size(), 1u);
}

TEST(IntegerPercent, IsExactAtItsEdges) {
  EXPECT_TRUE(is_integer_percent(1, 2));
  EXPECT_TRUE(is_integer_percent(0, 7));
  EXPECT_FALSE(is_integer_percent(1005, 2000));  // 50.25
  EXPECT_FALSE(is_integer_percent(1, 3));
  EXPECT_TRUE(is_integer_percent(1001, 2000));     // 50.05
  EXPECT_FALSE(is_integer_percent(10011, 20000));  // 50.055
  EXPECT_TRUE(is_integer_percent(999, 2000));      // 49.95
}

// Every outcome of two small stations, counted out.
TEST(IntegerPercent, ExpectsWhatCountingOutGives) {
  Station a = table(1, 30, 11);
  a.electors = 101, a.cast = 40;
  const Measured measured = integer_percents({a});
  double share = 0, turnout = 0;
  const auto chance_of = [](std::int64_t n, std::int64_t k, double p) {
    double c = 1;
    for (std::int64_t i = 1; i <= k; ++i)
      c *= static_cast<double>(n - k + i) / static_cast<double>(i);
    return c * std::pow(p, static_cast<double>(k)) * std::pow(1 - p, static_cast<double>(n - k));
  };
  for (std::int64_t x = 0; x <= 30; ++x) {
    if (is_integer_percent(x, 30)) share += chance_of(30, x, 11.0 / 30);
  }
  for (std::int64_t x = 0; x <= 101; ++x) {
    if (is_integer_percent(x, 101)) turnout += chance_of(101, x, 40.0 / 101);
  }
  EXPECT_NEAR(measured.expected, 1 - (1 - share) * (1 - turnout), 1e-12);
}

TEST(Ties, AreExpectedAsOftenAsDealingGivesThem) {
  const Stations stations{table(1, 10, 4), table(1, 10, 4), table(2, 9, 2), table(2, 7, 5)};
  const Measured measured = ties(stations);
  EXPECT_EQ(measured.units, 2);
  EXPECT_EQ(measured.statistic, 1);
  // 8 of 20 dealt to 10 and 10: C(8,4) C(12,6) / C(20,10); 7 of 16 cannot tie.
  EXPECT_NEAR(measured.expected, 70.0 * 924 / 184756, 1e-12);
  EXPECT_NEAR(*measured.p, measured.expected, 1e-12);
  EXPECT_EQ(measured.effect_votes, 8);
}

// The exact mean of X2 (n - 1) / n over every way to deal, one centre of two tables.
TEST(Homogeneity, HasMeanOneOverEveryWayToDeal) {
  const std::int64_t a = 6, b = 9, marked = 5;
  double mean = 0, ways = 0;
  const auto choose_of = [](std::int64_t n, std::int64_t k) {
    double c = 1;
    for (std::int64_t i = 1; i <= k; ++i)
      c *= static_cast<double>(n - k + i) / static_cast<double>(i);
    return c;
  };
  for (std::int64_t x = 0; x <= marked; ++x) {
    const double weight = choose_of(a, x) * choose_of(b, marked - x);
    mean += weight * homogeneity({table(1, a, x), table(1, b, marked - x)}).statistic;
    ways += weight;
  }
  EXPECT_NEAR(mean / ways, 1, 1e-12);
}

TEST(MeanOfMarked, HasTheVarianceOfDrawingBlindly) {
  Stations stations;
  for (const std::int64_t votes : {10, 14, 15, 30}) stations.push_back(table(1, 40, votes));
  double squares = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = i + 1; j < 4; ++j) {
      std::vector<bool> marked(4);
      marked[i] = marked[j] = true;
      const MarkedMean drawn = mean_of_marked(stations, marked);
      squares += drawn.mean * drawn.mean / 6;
    }
  }
  EXPECT_NEAR(mean_of_marked(stations, {false, true, true, false}).spread, std::sqrt(squares),
              1e-12);
}

TEST(Arrival, CurvesBySizeEndAtTheWholeShare) {
  const MadeUpElection made = made_up_election({});
  const Election e = made.election();
  const Stations stations = stations_of(e.definition, e.geography, e.returns, e.arrivals, 0);
  const Share all = share_of(stations);
  for (const Curve& curve : curves_by_size(stations)) {
    ASSERT_EQ(curve.shares.size(), 100u);
    EXPECT_DOUBLE_EQ(curve.shares.back(),
                     static_cast<double>(all.votes) / static_cast<double>(all.valid));
  }
}

TEST(Arrival, IsRefusedWhereTheOrderIsThatOfAFile) {
  const MadeUpElection made = made_up_election({});
  const Screening screening = screen(made.election(), {}, {}, plan_of({TestCode::arrival_order}));
  EXPECT_EQ(screening.results[0].reason, "no-arrival-times");
  EXPECT_EQ(screening.results[0].measured->curves.size(), 2u);
}

TEST(Sources, ThatMakeTheSameMistakesStandOut) {
  Chance chance("seed", "sources");
  const auto copied = one_that_copied(400, 20, chance);
  const Screening seen =
      screen(made_up_election({}).election(), {}, copied, plan_of({TestCode::source_independence}));
  EXPECT_TRUE(seen.results[0].stands_out());
  const auto apart = two_that_typed_apart(400, 20, chance);
  const Screening not_seen =
      screen(made_up_election({}).election(), {}, apart, plan_of({TestCode::source_independence}));
  EXPECT_EQ(not_seen.results[0].standing, Standing::tested);
  EXPECT_FALSE(not_seen.results[0].stands_out());
}

TEST(Sources, ThatAgreeWithoutMistakesSayNothing) {
  Chance chance("seed", "sources");
  auto sources = two_that_typed_apart(200, 20, chance);
  sources[0].returns = sources[1].returns = sources[2].returns;
  const Plan plan = plan_of({TestCode::source_independence});
  const Screening screening = screen(made_up_election({}).election(), {}, sources, plan);
  EXPECT_EQ(screening.results[0].reason, "no-mistakes-to-compare");
  ASSERT_EQ(screening.results[0].pairs.size(), 1u);
  EXPECT_EQ(screening.results[0].pairs[0].same, 200);
  sources.resize(1);
  EXPECT_EQ(screen(made_up_election({}).election(), {}, sources, plan).results[0].reason,
            "one-source");
}

TEST(Holm, StepsDownAndNeverFalls) {
  const std::vector<double> p{0.04, 0.01, 0.03};
  EXPECT_EQ(adjusted_by_holm(p, 3), (std::vector<double>{0.06, 0.03, 0.06}));
  EXPECT_EQ(adjusted_by_holm(p, 5)[1], 0.05);
  EXPECT_EQ(adjusted_by_holm(std::vector<double>{0.9}, 4)[0], 1);
  EXPECT_TRUE(adjusted_by_holm({}, 4).empty());
}

}  // namespace
}  // namespace scr::forensics
