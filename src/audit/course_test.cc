// SPDX-License-Identifier: Apache-2.0
#include "audit/course.h"

#include <gtest/gtest.h>

#include <set>

#include "audit/sizes.h"

namespace scr::audit {
namespace {

using election::Votes;

const election::Definition& two_options() {
  static const auto kDefinition = election::parse_definition(
      "id='f'\ntitle='F'\nlanguages=['en']\ncountry={id='X',name='X'}\n[[level]]\nid='region'"
      "\nname='"
      "Region'\n[[option]]\nid='A'\nname="
      "'A'\n[[option]]\nid='B'\nname='B'\n[[option]]\nid='C'\nname='C'\n");
  return *kDefinition;
}

// Two regions: "s00" to "s24" lie in one, the others in the other.
const election::Geography& two_regions() {
  static const election::Geography kGeography = [] {
    election::Geography geography(two_options());
    for (const char* id : {"E", "W"}) {
      const election::UnitId path[] = {election::UnitId(id)};
      EXPECT_TRUE(geography.add_path(path));
    }
    return geography;
  }();
  return kGeography;
}

review::StationReturn gives(const std::string& station, std::int64_t a, std::int64_t b) {
  review::StationReturn one;
  one.station = election::StationId(station);
  one.votes = {*Votes::from(a), *Votes::from(b), Votes()};
  one.valid = *Votes::from(a + b);
  one.null = *Votes::from(2);
  one.registered = Votes::from(2 * (a + b));
  return one;
}

std::vector<review::StationReturn> returns() {
  std::vector<review::StationReturn> all;
  for (int i = 0; i < 40; ++i) {
    all.push_back(gives((i < 10 ? "s0" : "s") + std::to_string(i), 60 + i % 5, 40));
    all.back().unit = *two_regions().find(election::UnitId(i < 25 ? "E" : "W"));
  }
  return all;
}

entry::AuditPlanned planned(const char* kind, const char* method, const char* sampler) {
  entry::AuditPlanned plan;
  plan.audit = "x";
  plan.kind = kind;
  plan.method = method;
  plan.sampler = sampler;
  plan.risk = "1/10";
  if (std::string(method).starts_with("product")) plan.strata = election::LevelId("region");
  return plan;
}

Subject subject(const char* kind, const char* method, const char* sampler) {
  const auto rules = rules_of(planned(kind, method, sampler));
  EXPECT_TRUE(rules) << to_string(rules.error());
  const auto reported = returns();
  const Reported contests[] = {{two_options(), two_regions(), reported}};
  auto made = subject_of(*rules, contests);
  EXPECT_TRUE(made) << to_string(made.error());
  return *made;
}

Subject stations() {
  return subject("transcription", "kaplan-markov", "weighted");
}

std::vector<Draw> drawn(const Subject& audited, std::int64_t count) {
  const auto draws = draws_of(audited, "12345", count);
  EXPECT_TRUE(draws);
  return *draws;
}

// What a reader says of a unit as it was reported, with so many votes moved from A to B.
entry::AuditFound says(const Subject& audited, const std::string& by, const Draw& draw,
                       std::int64_t moved = 0) {
  const Tallied& reported = audited.reported[draw.station];
  entry::AuditFound found;
  found.by = by;
  found.unit = unit_of(audited, draw);
  found.votes = {*Votes::from(reported.votes[0] - moved), *Votes::from(reported.votes[1] + moved),
                 Votes()};
  found.valid = *Votes::from(reported.votes[0] + reported.votes[1]);
  found.null = *Votes::from(reported.ballots - found.valid.count());
  return found;
}

Progress progress(const Subject& audited, std::span<const Draw> draws,
                  std::span<const entry::AuditFound> found) {
  const std::int64_t rounds[] = {static_cast<std::int64_t>(draws.size())};
  return progress_of(audited, draws, rounds, found);
}

TEST(Rules, FitTogetherOrAreRefused) {
  EXPECT_TRUE(rules_of(planned("boxes", "alpha-stations", "weighted")));
  EXPECT_TRUE(rules_of(planned("ballots", "oneaudit", "consistent-sampler")));
  EXPECT_FALSE(rules_of(planned("ballots", "kaplan-markov", "weighted")));
  EXPECT_FALSE(rules_of(planned("boxes", "alpha", "cryptorandom")));
  EXPECT_FALSE(rules_of(planned("boxes", "kaplan-markov", "rivest")));
  EXPECT_FALSE(rules_of(planned("ballots", "alpha", "weighted")));
  EXPECT_FALSE(rules_of(planned("tea-leaves", "alpha", "rivest")));
  auto majority = planned("ballots", "bravo", "rivest");
  majority.majority = "1/2";
  EXPECT_FALSE(rules_of(majority));
  majority.method = "kelly";
  EXPECT_TRUE(rules_of(majority));
  auto generous = planned("boxes", "kaplan-markov", "weighted");
  generous.risk = "3/5";
  EXPECT_FALSE(rules_of(generous));
  auto apart = planned("boxes", "product-stations", "weighted");
  EXPECT_TRUE(rules_of(apart));
  apart.strata.reset();
  EXPECT_FALSE(rules_of(apart));
  auto not_apart = planned("boxes", "kaplan-markov", "weighted");
  not_apart.strata = election::LevelId("region");
  EXPECT_FALSE(rules_of(not_apart));
  auto two = planned("boxes", "alpha-stations", "weighted");
  two.with = {{"example.org/council", {}, 12, 3}};
  EXPECT_TRUE(rules_of(two));
  two.kind = "ballots";
  two.method = "alpha";
  two.sampler = "rivest";
  EXPECT_FALSE(rules_of(two));
}

TEST(Progress, ConfirmsWhatIsRight) {
  const Subject audited = stations();
  const auto draws = drawn(audited, 40);
  std::vector<entry::AuditFound> found;
  for (const Draw& draw : draws) {
    found.push_back(says(audited, "a", draw));
    found.push_back(says(audited, "b", draw));
  }
  const Progress whole = progress(audited, draws, found);
  EXPECT_EQ(whole.weighed, 40);
  EXPECT_TRUE(whole.confirmed);
  EXPECT_EQ(whole.more_if_clean, 0);
  ASSERT_EQ(whole.history.size(), 40u);
  EXPECT_NEAR(whole.p,
              kaplan_markov_p(audited.batches->total_bound(), std::vector<double>(40, 0.0)), 1e-12);
}

TEST(Progress, WeighsDrawsInTheirOrderAsFarAsTwoReadersAgree) {
  const Subject audited = stations();
  const auto draws = drawn(audited, 10);
  std::vector<entry::AuditFound> found;
  for (std::size_t i = 0; i < 10; ++i) {
    found.push_back(says(audited, "a", draws[i]));
    if (i != 4) found.push_back(says(audited, "b", draws[i]));
  }
  const Progress one_waits = progress(audited, draws, found);
  EXPECT_EQ(one_waits.weighed, 4);
  found.push_back(says(audited, "b", draws[4], 3));
  const Progress disputed = progress(audited, draws, found);
  EXPECT_EQ(disputed.weighed, 4);
  EXPECT_TRUE(disputed.units[4].disputed);
  found.push_back(says(audited, "c", draws[4], 3));
  const Progress settled = progress(audited, draws, found);
  EXPECT_EQ(settled.weighed, 10);
  EXPECT_TRUE(settled.units[4].differs);
  EXPECT_GT(settled.units[4].taint, 0);
}

TEST(Progress, OneReaderTwiceIsStillOneReader) {
  const Subject audited = stations();
  const auto draws = drawn(audited, 1);
  const entry::AuditFound found[] = {says(audited, "a", draws[0]), says(audited, "a", draws[0])};
  EXPECT_EQ(progress(audited, draws, found).weighed, 0);
}

TEST(Progress, AReadersLaterWordReplacesTheEarlier) {
  const Subject audited = stations();
  const auto draws = drawn(audited, 1);
  const entry::AuditFound found[] = {says(audited, "a", draws[0], 5), says(audited, "b", draws[0]),
                                     says(audited, "a", draws[0])};
  const Progress corrected = progress(audited, draws, found);
  EXPECT_EQ(corrected.weighed, 1);
  EXPECT_FALSE(corrected.units[0].differs);
}

TEST(Progress, AStationThatCannotBeFoundIsAsWrongAsItCouldBe) {
  for (const char* method : {"kaplan-markov", "alpha-stations"}) {
    const Subject audited = subject("transcription", method, "weighted");
    const auto draws = drawn(audited, 120);
    std::vector<entry::AuditFound> found;
    for (const Draw& draw : draws) {
      for (const char* by : {"a", "b"}) {
        found.push_back(says(audited, by, draw));
        if (draw == draws[0]) {
          found.back().found = false;
          found.back().votes.clear();
        }
      }
    }
    const Progress lost = progress(audited, draws, found);
    EXPECT_EQ(lost.units[0].taint, 1);
    // Kaplan-Markov never recovers from it; ALPHA does.
    EXPECT_EQ(lost.confirmed, std::string(method) == "alpha-stations");
  }
}

TEST(Progress, ADifferenceInTheWinnersFavourRaisesTheRisk) {
  const Subject audited = stations();
  const auto draws = drawn(audited, 20);
  const auto risk_with = [&](std::int64_t moved) {
    std::vector<entry::AuditFound> found;
    for (const Draw& draw : draws) {
      for (const char* by : {"a", "b"}) found.push_back(says(audited, by, draw, moved));
    }
    return progress(audited, draws, found).p;
  };
  EXPECT_LT(risk_with(0), risk_with(1));
  EXPECT_LT(risk_with(1), risk_with(4));
  EXPECT_EQ(risk_with(0), risk_with(-3));  // what understates counts as right
}

entry::AuditFound shows(const Subject& audited, const std::string& by, const Draw& draw,
                        std::optional<std::size_t> option) {
  entry::AuditFound found;
  found.by = by;
  found.unit = unit_of(audited, draw);
  found.votes.assign(3, Votes());
  if (option) found.votes[*option] = *Votes::from(1);
  found.valid = *Votes::from(option ? 1 : 0);
  found.null = *Votes::from(option ? 0 : 1);
  return found;
}

// Ballots as reported: the first of each pile are for A, then B, then those without a vote.
std::optional<std::size_t> as_reported(const Subject& audited, const Draw& draw) {
  const auto& votes = audited.reported[draw.station].votes;
  if (draw.ballot <= votes[0]) return 0;
  if (draw.ballot <= votes[0] + votes[1]) return 1;
  return std::nullopt;
}

TEST(Ballots, AreConfirmedByEveryMethodIfTheyAreAsReported) {
  for (const char* method : {"alpha", "kelly", "bravo", "minerva", "oneaudit", "product"}) {
    for (const char* sampler : {"cryptorandom", "rivest", "consistent-sampler"}) {
      const Subject audited = subject("ballots", method, sampler);
      const auto draws = drawn(audited, 400);
      EXPECT_EQ(std::set<Draw>(draws.begin(), draws.end()).size(), 400u);
      std::vector<entry::AuditFound> found;
      for (const Draw& draw : draws) {
        for (const char* by : {"a", "b"})
          found.push_back(shows(audited, by, draw, as_reported(audited, draw)));
      }
      const Progress done = progress(audited, draws, found);
      EXPECT_TRUE(done.confirmed) << method << " " << sampler << " " << done.p;
      EXPECT_EQ(done.assertions.size(), 2u);
    }
  }
}

TEST(Ballots, AreNotConfirmedByAnyMethodIfTheyAreATie) {
  for (const char* method : {"alpha", "kelly", "bravo", "minerva", "oneaudit", "product"}) {
    const Subject audited = subject("ballots", method, "cryptorandom");
    const auto draws = drawn(audited, 400);
    std::vector<entry::AuditFound> found;
    for (const Draw& draw : draws) {
      for (const char* by : {"a", "b"})
        found.push_back(shows(audited, by, draw, static_cast<std::size_t>(draw.ballot % 2)));
    }
    EXPECT_FALSE(progress(audited, draws, found).confirmed) << method;
  }
}

TEST(Draws, OfALaterRoundGoOnWhereTheEarlierEnded) {
  for (const char* sampler : {"cryptorandom", "rivest", "consistent-sampler"}) {
    const Subject audited = subject("ballots", "alpha", sampler);
    const auto few = drawn(audited, 20);
    const auto more = drawn(audited, 60);
    EXPECT_TRUE(std::equal(few.begin(), few.end(), more.begin()));
  }
  const Subject audited = subject("ballots", "alpha", "rivest");
  EXPECT_FALSE(draws_of(audited, "1", audited.total.ballots + 1));
}

TEST(Seeds, AreDigitsLettersAndDashes) {
  EXPECT_TRUE(is_seed("36241563-beacon"));
  EXPECT_FALSE(is_seed(""));
  EXPECT_FALSE(is_seed("12 34"));
  EXPECT_FALSE(is_seed(std::string(201, '1')));
}

TEST(Sizes, AreThereForEveryMethodThatFits) {
  std::set<std::string> of_ballots;
  for (const Planned& one : methods_for(subject("ballots", "alpha", "rivest"), {}))
    of_ballots.insert(one.method);
  EXPECT_EQ(of_ballots, (std::set<std::string>{"alpha", "kelly", "bravo", "minerva", "oneaudit",
                                               "supersimple", "betting-comparison"}));
  const Subject audited = stations();
  const auto of_stations = methods_for(audited, {});
  ASSERT_EQ(of_stations.size(), 2u);
  // With nothing wrong, every game of Kaplan-Markov takes the draws that the formula gives.
  const Trial trial = play(of_stations[0].game->method, of_stations[0].game->hypothesis,
                           of_stations[0].game->urn, 0.1, 1000, Stream(1, 0));
  EXPECT_EQ(trial.draws, kaplan_markov_size(audited.batches->total_bound(), 0.1));
  EXPECT_LT(different_stations(audited, 40), 40);
  EXPECT_GT(different_stations(audited, 40), 20);
}

TEST(Sizes, GamesOfATieConfirmNoMoreOftenThanTheRiskLimit) {
  for (const char* method :
       {"alpha", "kelly", "bravo", "oneaudit", "kaplan-markov", "alpha-stations"}) {
    const bool of_ballots = !of_stations(*by_named(method));
    const Subject audited =
        of_ballots ? subject("ballots", method, "rivest") : subject("boxes", method, "weighted");
    const auto game = game_of_a_tie(audited, audited.rules.by);
    ASSERT_TRUE(game);
    EXPECT_NEAR(game->urn.mean(), game->hypothesis.mean, 2e-3) << method;
    std::int64_t confirmed = 0;
    for (std::uint64_t i = 0; i < 200; ++i)
      confirmed +=
          play(game->method, game->hypothesis, game->urn, 0.1, 600, Stream(9, i)).confirmed;
    EXPECT_GT(chance_if_limited(confirmed, 200, 0.1), 1e-5) << method << " " << confirmed;
  }
}

// Strata.

TEST(Strata, AreSampledApartAndTakeTurns) {
  for (const char* method : {"product-stations", "product"}) {
    const bool of_ballots = std::string(method) == "product";
    const Subject audited = of_ballots ? subject("ballots", method, "cryptorandom")
                                       : subject("boxes", method, "weighted");
    const auto few = drawn(audited, 40);
    const auto more = drawn(audited, 400);
    EXPECT_TRUE(std::equal(few.begin(), few.end(), more.begin()));
    std::int64_t east = 0;
    for (const Draw& draw : more) east += audited.strata->of[draw.station] == 0 ? 1 : 0;
    EXPECT_NEAR(static_cast<double>(east), 250, 1);  // 25 stations of 40
    // Anybody can draw a stratum by itself, from its own seed.
    if (!of_ballots) continue;
    std::int64_t ballots = 0;
    for (std::size_t i = 0; i < 25; ++i) ballots += audited.reported[i].ballots;
    const auto own = cryptorandom_sample("12345/E", ballots, 1);
    std::int64_t before = 0;
    std::size_t at = 0;
    while (before + audited.reported[at].ballots <= own[0])
      before += audited.reported[at++].ballots;
    EXPECT_EQ(more[0], (Draw{at, own[0] - before + 1}));
  }
}

TEST(Strata, ConfirmStationsThatAreRightAboutAsSoonAsOneSampleDoes) {
  const Subject audited = subject("boxes", "product-stations", "weighted");
  const auto draws = drawn(audited, 60);
  std::vector<entry::AuditFound> found;
  for (const Draw& draw : draws) {
    for (const char* by : {"a", "b"}) found.push_back(says(audited, by, draw));
  }
  const Progress right = progress(audited, draws, found);
  EXPECT_TRUE(right.confirmed);
  const auto needed = [](const std::vector<double>& history) {
    return std::find_if(history.begin(), history.end(), [](double p) { return p <= 0.1; }) -
           history.begin() + 1;
  };
  EXPECT_LE(needed(right.history), kaplan_markov_size(audited.batches->total_bound(), 0.1) + 3);
  // Errors in one region only are not outvoted by the other.
  found.clear();
  for (const Draw& draw : draws) {
    const std::int64_t moved = audited.strata->of[draw.station] == 1 ? 40 : 0;
    for (const char* by : {"a", "b"}) found.push_back(says(audited, by, draw, moved));
  }
  EXPECT_FALSE(progress(audited, draws, found).confirmed);
}

TEST(Strata, GamesOfATieConfirmNoMoreOftenThanTheRiskLimit) {
  for (const char* method : {"product-stations", "product"}) {
    const bool of_ballots = std::string(method) == "product";
    const Subject audited =
        of_ballots ? subject("ballots", method, "rivest") : subject("boxes", method, "weighted");
    const auto right = methods_for(audited, {});
    ASSERT_EQ(right.size(), 1u);
    ASSERT_TRUE(right[0].strata);
    EXPECT_TRUE(play(*right[0].strata, 0.1, Stream(3, 0)).confirmed);
    auto game = strata_of_a_tie(audited);
    ASSERT_TRUE(game);
    game->most = 150;
    std::int64_t confirmed = 0;
    for (std::uint64_t i = 0; i < 200; ++i) confirmed += play(*game, 0.1, Stream(9, i)).confirmed;
    EXPECT_GT(chance_if_limited(confirmed, 200, 0.1), 1e-5) << method << " " << confirmed;
  }
}

// Several contests.

// Another contest at the last 30 stations and ten more, two of three options win.
Subject with_another() {
  auto plan = planned("boxes", "kaplan-markov", "weighted");
  plan.with = {{"example.org/other", {}, 1, 2}};
  const auto rules = rules_of(plan);
  EXPECT_TRUE(rules);
  const auto own = returns();
  auto other = returns();
  for (auto& one : other) {
    one.votes = {*Votes::from(50), *Votes::from(30), *Votes::from(15)};
    one.valid = *Votes::from(95);
    one.registered = Votes::from(120);
  }
  for (int i = 0; i < 10; ++i) {
    other.push_back(other[static_cast<std::size_t>(i)]);
    other.back().station = election::StationId("t" + std::to_string(i));
  }
  other.erase(other.begin(), other.begin() + 10);
  const Reported contests[] = {{two_options(), two_regions(), own},
                               {two_options(), two_regions(), other}};
  auto made = subject_of(*rules, contests);
  EXPECT_TRUE(made) << to_string(made.error());
  return *made;
}

std::vector<entry::AuditFound> both_say(const Subject& audited, const Draw& draw,
                                        std::int64_t moved) {
  std::vector<entry::AuditFound> found;
  for (const char* by : {"a", "b"}) {
    if (audited.has[draw.station]) found.push_back(says(audited, by, draw));
    const Contest& other = audited.others[0];
    if (!other.has[draw.station]) continue;
    const auto& votes = other.reported[draw.station].votes;
    entry::AuditFound one;
    one.by = by;
    one.of = 1;
    one.unit = unit_of(audited, draw);
    one.votes = {*Votes::from(votes[0]), *Votes::from(votes[1] - moved),
                 *Votes::from(votes[2] + moved)};
    one.valid = *Votes::from(votes[0] + votes[1] + votes[2]);
    one.null = *Votes::from(2);
    found.push_back(one);
  }
  return found;
}

TEST(Contests, ShareTheirDrawsAndOneRisk) {
  const Subject audited = with_another();
  EXPECT_EQ(audited.stations.size(), 50u);
  EXPECT_EQ(audited.others[0].assertions.size(), 2u);  // two winners, one loser
  // No more than both bounds together, no less than either.
  const auto alone = stations().batches->total_bound();
  EXPECT_GE(audited.batches->total_bound(), alone);
  const auto draws = drawn(audited, 60);
  std::vector<entry::AuditFound> found;
  for (const Draw& draw : draws) {
    for (const auto& one : both_say(audited, draw, 0)) found.push_back(one);
  }
  const Progress right = progress(audited, draws, found);
  EXPECT_EQ(right.weighed, 60);
  EXPECT_TRUE(right.confirmed);
  EXPECT_EQ(right.assertions.size(), audited.assertions.size() + 2);
  EXPECT_EQ(right.assertions.back().contest, 1u);
}

TEST(Contests, AreSettledOnlyWhenEachIs) {
  const Subject audited = with_another();
  const auto draws = drawn(audited, 1);
  auto found = both_say(audited, draws[0], 0);
  std::erase_if(found, [](const auto& one) { return one.of == 1 && one.by == "b"; });
  const Progress waits = progress(audited, draws, found);
  EXPECT_EQ(waits.weighed, audited.others[0].has[draws[0].station] ? 0 : 1);
}

TEST(Contests, AnErrorInOneIsAnErrorOfTheAudit) {
  const Subject audited = with_another();
  const auto draws = drawn(audited, 60);
  const auto risk_with = [&](std::int64_t moved) {
    std::vector<entry::AuditFound> found;
    for (const Draw& draw : draws) {
      for (const auto& one : both_say(audited, draw, moved)) found.push_back(one);
    }
    return progress(audited, draws, found).p;
  };
  EXPECT_LT(risk_with(0), risk_with(1));
  EXPECT_GT(risk_with(8), 0.1);  // the lead over the third option is gone
}

}  // namespace
}  // namespace scr::audit
