// SPDX-License-Identifier: Apache-2.0
//
// The real returns of 2024, where they are at hand; and small cases that say what each check is
// for.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "judge/claim_checks.h"
#include "judge/internal/overlap_bounds.h"
#include "judge/internal/percentages.h"
#include "judge/model_estimate.h"
#include "judge/outcome.h"
#include "judge/sensitivity.h"

namespace scr::judge {
namespace {

using election::Votes;

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Votes votes(std::int64_t n) {
  return *Votes::from(n);
}

election::Definition venezuela() {
  auto definition =
      election::parse_definition(file_text(SCR_SOURCE_DIR "/elections/ve-2024/election.toml"));
  EXPECT_TRUE(definition) << to_string(definition.error());
  return *definition;
}

Premises premises_of(const election::Definition& definition,
                     const char* electors = "registered-with-abroad") {
  return {*definition.electors.find(election::TotalId(electors)),
          definition.stations.chosen_total(), definition.turnout_caps};
}

// The real file, read by its own few lines here: nothing of the program's import is trusted for it.
std::vector<review::StationReturn> real_returns() {
  std::vector<review::StationReturn> returns;
  std::ifstream file(SCR_SOURCE_DIR "/../shared/data/ve-2024/RESULTADOS_2024_CSV_V1.csv",
                     std::ios::binary);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> fields;
    std::stringstream row(line);
    for (std::string field; std::getline(row, field, ',');) fields.push_back(field);
    review::StationReturn r;
    r.station = election::StationId(fields[6] + "." + fields[7]);
    r.registered = votes(std::stoll(fields[8]));
    r.valid = votes(std::stoll(fields[9]));
    r.null = votes(std::stoll(fields[10]));
    for (int i = 11; i < 21; ++i)
      r.votes.push_back(votes(std::stoll(fields[static_cast<std::size_t>(i)])));
    returns.push_back(std::move(r));
  }
  return returns;
}

#define NEEDS_REAL_DATA(returns)                                                             \
  const auto returns = real_returns();                                                       \
  if (returns.empty() && std::getenv("CI")) FAIL() << "../shared is absent, and this is CI"; \
  if (returns.empty()) GTEST_SKIP() << "the returns of 2024 are not at hand (../shared)"

TEST(Venezuela2024, OutcomeIsDecidedUnderEveryPublishedTotal) {
  NEEDS_REAL_DATA(returns);
  const auto definition = venezuela();
  struct Known {
    const char* electors;
    std::int64_t missing, worst, sheets;
  };
  for (const Known& known : {Known{"registered-with-abroad", 3647225, 267776, 188},
                             Known{"registered-at-home", 3578014, 336987, 239},
                             Known{"second-bulletin", 3576566, 338435, 240},
                             Known{"with-foreign-residents", 3875466, 39535, 26}}) {
    const auto outcome =
        judge_outcome(definition, returns, premises_of(definition, known.electors));
    ASSERT_TRUE(outcome) << to_string(outcome.error());
    EXPECT_EQ(outcome->leader.value(), "EG");
    EXPECT_EQ(outcome->runner_up.value(), "NM");
    EXPECT_EQ(outcome->margin, 3915001);
    EXPECT_EQ(outcome->missing_registered, known.missing);
    EXPECT_EQ(outcome->without_assumption().worst_case_margin, Fraction(known.worst));
    EXPECT_TRUE(outcome->without_assumption().decided);
    EXPECT_EQ(outcome->without_assumption().sheets, known.sheets);
  }
}

const Check& find(const JudgedClaim& judged, CheckCode code, const std::string& subject) {
  for (const Check& check : judged.checks) {
    if (check.code == code && check.subject == subject) return check;
  }
  throw std::runtime_error("no such check: " + subject);
}

entry::Claim bulletin(const election::Definition& definition, const std::string& n) {
  auto claim = entry::parse_claim(
      file_text(SCR_SOURCE_DIR "/elections/ve-2024/claims/cne-bulletin-" + n + ".toml"),
      definition);
  EXPECT_TRUE(claim) << to_string(claim.error());
  return *claim;
}

TEST(Venezuela2024, FirstBulletinIsContradictedByOverlapAndNotByShare) {
  NEEDS_REAL_DATA(returns);
  const auto definition = venezuela();
  const auto judged =
      judge_claim(definition, bulletin(definition, "1"), nullptr, returns, premises_of(definition));
  ASSERT_TRUE(judged);
  EXPECT_EQ(judged->tables_least, 23871);
  EXPECT_EQ(judged->tables_most, 24170);
  EXPECT_EQ(judged->overlap_at_least, 18377);
  const Check& eg = find(*judged, CheckCode::overlap, "EG");
  EXPECT_EQ(eg.status, Status::contradicted);
  EXPECT_EQ(eg.bound, Fraction(4585832));
  EXPECT_EQ(eg.sheets_false_at_least, 379);
  EXPECT_EQ(find(*judged, CheckCode::overlap, "NM").bound, Fraction(1884154));
  const Check& share = find(*judged, CheckCode::share_most, "NM");
  EXPECT_EQ(share.status, Status::consistent);
  EXPECT_EQ(share.bound->decimal(9), "0.566627612");
  EXPECT_EQ(judged->contradicted(), 1);
  const Check& pattern = find(*judged, CheckCode::derived_from_percent, "");
  EXPECT_EQ(pattern.details.at("exact_match"), "yes");
  EXPECT_EQ(pattern.details.at("compatible"), "75882581");
  EXPECT_EQ(pattern.status, Status::consistent) << "a pattern is no contradiction";
}

TEST(Venezuela2024, SecondBulletinIsContradictedByBoth) {
  NEEDS_REAL_DATA(returns);
  const auto definition = venezuela();
  const auto first = bulletin(definition, "1");
  const auto judged =
      judge_claim(definition, bulletin(definition, "2"), &first, returns, premises_of(definition));
  ASSERT_TRUE(judged);
  EXPECT_EQ(judged->overlap_at_least, 23591);
  const Check& eg = find(*judged, CheckCode::overlap, "EG");
  EXPECT_EQ(eg.bound, Fraction(6696357));
  EXPECT_EQ(eg.sheets_false_at_least, 3276);
  EXPECT_EQ(find(*judged, CheckCode::share_most, "NM").bound->decimal(9), "0.494882916");
  EXPECT_EQ(find(*judged, CheckCode::share_most, "NM").status, Status::contradicted);
  EXPECT_EQ(find(*judged, CheckCode::share_least, "EG").bound->decimal(9), "0.486766030");
  EXPECT_EQ(judged->contradicted(), 3);
  EXPECT_EQ(find(*judged, CheckCode::sum_of_votes, "").status, Status::consistent);
  EXPECT_EQ(find(*judged, CheckCode::cast, "").status, Status::consistent);
  const Check& turnout = find(*judged, CheckCode::turnout, "");
  EXPECT_EQ(turnout.details.at("fits"), "registered-at-home x 96.87 %, second-bulletin x 96.87 %");
  const Check& nulls = find(*judged, CheckCode::null_votes, "null");
  EXPECT_EQ(nulls.details.at("nulls_needed_elsewhere"), "49646");
  const Check& pattern = find(*judged, CheckCode::derived_from_percent, "");
  EXPECT_EQ(pattern.details.at("exact_match"), "no");
  const Check& increment = find(*judged, CheckCode::increment, "");
  EXPECT_EQ(increment.details.at("increment.valid"), "2277110");
  EXPECT_EQ(increment.details.at("increment.NM"), "1258752");
}

TEST(Venezuela2024, MisprintsOfTheSecondBulletinAreCaughtByItsSum) {
  const auto definition = venezuela();
  for (const auto& [option, misprint] : {std::pair("LM", 152306), std::pair("NM", 6480844)}) {
    auto claim = bulletin(definition, "2");
    for (auto& claimed : claim.votes) {
      if (claimed.label == option) claimed.value = votes(misprint);
    }
    const auto judged = judge_claim(definition, claim, nullptr, {}, premises_of(definition));
    ASSERT_TRUE(judged);
    EXPECT_EQ(find(*judged, CheckCode::sum_of_votes, "").status, Status::contradicted) << option;
  }
}

// ---- small cases

election::Definition two_options() {
  auto definition = election::parse_definition(R"(
id = "small"
title = "Small"
languages = ["en"]
country = { id = "X", name = "X" }
[[option]]
id = "A"
name = "Anna"
[[option]]
id = "B"
name = "Ben"
[[electors]]
id = "roll"
value = 100
what = "roll"
source = "test"
[[stations]]
id = "tables"
value = 3
what = "tables"
source = "test"
)");
  EXPECT_TRUE(definition) << to_string(definition.error());
  return *definition;
}

review::StationReturn gives(const char* station, std::int64_t a, std::int64_t b,
                            std::int64_t registered) {
  review::StationReturn r;
  r.station = election::StationId(station);
  r.votes = {votes(a), votes(b)};
  r.valid = votes(a + b);
  r.registered = votes(registered);
  return r;
}

Premises small_premises(const election::Definition& definition) {
  return {definition.electors.chosen_total(),
          definition.stations.chosen_total(),
          {Fraction(1), *Fraction::of(1, 2)}};
}

TEST(Outcome, WithNothingMissingRestsOnTheSheetsAlone) {
  const auto definition = two_options();
  const review::StationReturn returns[] = {gives("1", 30, 20, 60), gives("2", 10, 15, 40)};
  const auto outcome = judge_outcome(definition, returns, small_premises(definition));
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->missing_registered, 0);
  EXPECT_FALSE(outcome->lead_needed);
  EXPECT_EQ(outcome->without_assumption().worst_case_margin, Fraction(5));
  EXPECT_EQ(outcome->without_assumption().sheets, 1);
}

TEST(Outcome, ATieDecidesNothing) {
  const auto definition = two_options();
  const review::StationReturn returns[] = {gives("1", 20, 20, 100)};
  const auto outcome = judge_outcome(definition, returns, small_premises(definition));
  ASSERT_TRUE(outcome);
  EXPECT_TRUE(outcome->tie);
  EXPECT_FALSE(outcome->without_assumption().decided);
  EXPECT_FALSE(outcome->without_assumption().sheets);
}

TEST(Outcome, IsOpenWhileTheMissingCouldDrawLevel) {
  const auto definition = two_options();
  const review::StationReturn returns[] = {gives("1", 40, 10, 70)};
  const auto outcome = judge_outcome(definition, returns, small_premises(definition));
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(outcome->under_caps[0].worst_case_margin > Fraction(0))
      << "30 ahead, 30 missing: level";
  EXPECT_FALSE(outcome->under_caps[0].decided);
  EXPECT_TRUE(outcome->under_caps[1].decided) << "if at most half of them voted";
  EXPECT_EQ(outcome->under_caps[1].worst_case_margin, Fraction(15));
}

TEST(Outcome, MoreElectorsOnTheSheetsThanThereAreIsAConflict) {
  const auto definition = two_options();
  const review::StationReturn returns[] = {gives("1", 1, 0, 101)};
  EXPECT_EQ(judge_outcome(definition, returns, small_premises(definition)).error().code,
            ErrorCode::conflict);
}

TEST(Outcome, ElectorsThatNobodyGivesAreTakenAsTheBallots) {
  const auto definition = two_options();
  auto silent = gives("1", 30, 10, 0);
  silent.registered.reset();
  const review::StationReturn returns[] = {silent};
  EXPECT_EQ(judge_outcome(definition, returns, small_premises(definition))->missing_registered, 60);
}

TEST(Outcome, WithoutAnyVoteNobodyLeads) {
  const auto definition = two_options();
  const auto outcome = judge_outcome(definition, {}, small_premises(definition));
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(outcome->any_votes);
  EXPECT_FALSE(outcome->without_assumption().decided);
}

TEST(Curve, StartsAtTheWorstCaseAndCrossesWhereTheBreakdownNumberSays) {
  NEEDS_REAL_DATA(returns);
  const auto definition = venezuela();
  const auto premises = premises_of(definition);
  const auto curve = breakdown_curve(definition, returns, premises, Fraction(1), 50);
  EXPECT_EQ(curve.front().sheets, 0);
  EXPECT_EQ(curve.front().worst_case_margin, Fraction(267776));
  for (const auto& point : curve)
    EXPECT_EQ(point.worst_case_margin > Fraction(0), point.sheets < 188) << point.sheets;
}

TEST(Announced, IsRoundedToTheDigitsThatItShows) {
  const entry::Announced percent{"51.2"};
  EXPECT_TRUE(is_rounding_of(percent, *Fraction::of(51249, 1000)));
  EXPECT_TRUE(is_rounding_of(percent, *Fraction::of(5125, 100)))
      << "how a half was rounded nobody says";
  EXPECT_FALSE(is_rounding_of(percent, *Fraction::of(51251, 1000)));
}

TEST(Ceiling, RestsOnTheTotalOfStationsIfTheClaimGivesAShareOfThem) {
  const auto definition = two_options();
  const std::vector returns{gives("1", 5, 1, 20), gives("2", 5, 1, 20), gives("3", 5, 1, 20)};
  for (const auto& [tables, rests_on_total] :
       {std::pair("tables_percent = \"33.3\"", true), std::pair("tables = 1", false)}) {
    const auto claim = entry::parse_claim(
        "id = \"c\"\nby = \"x\"\n" + std::string(tables) + "\n[votes]\nA = 5\n", definition);
    ASSERT_TRUE(claim) << to_string(claim.error());
    const auto judged =
        judge_claim(definition, *claim, nullptr, returns, premises_of(definition, "roll"));
    ASSERT_TRUE(judged);
    const auto& rests_on = find(*judged, CheckCode::ceiling, "A").assumptions;
    const auto named = [&](Assumption assumption) {
      return std::count(rests_on.begin(), rests_on.end(), assumption) == 1;
    };
    EXPECT_TRUE(named(Assumption::tables_claimed));
    EXPECT_EQ(named(Assumption::stations_total), rests_on_total) << tables;
  }
}

TEST(Sensitivity, BreaksEvenWhereTheMarginIsZero) {
  const auto gap = break_even_gap(30, 100, *Fraction::of(1, 2));
  EXPECT_EQ(gap, Fraction::of(3, 5));
  EXPECT_EQ(margin_at(30, 100, *Fraction::of(1, 2), *gap), Fraction(0));
  EXPECT_FALSE(break_even_gap(30, 0, Fraction(1)));
}

// Two regions, stations of 100 and of 400 electors; one of each kind is missing.
struct TwoRegions {
  election::Definition definition = *election::parse_definition(
      "id=\"d\"\ntitle=\"D\"\nlanguages=[\"en\"]\ncountry={id=\"X\",name=\"X\"}\n[[level]]\n"
      "id=\"region\"\nname=\"r\"\n[[option]]\nid=\"A\"\nname=\"A\"\n[[option]]\nid=\"B\"\n"
      "name=\"B\"\n[roster]\nfile=\"r.csv\"\ncomplete=true\n");
  election::Geography geography{definition};
  election::Roster roster;
  std::vector<review::StationReturn> returns;

  void station(const char* id, const char* region, std::int64_t electors) {
    const std::vector<election::UnitId> path{election::UnitId(region)};
    roster.stations.push_back(
        {election::StationId(id), *geography.add_path(path), votes(electors)});
  }
  void counted(const char* id, std::int64_t a, std::int64_t b) {
    review::StationReturn figures;
    figures.station = election::StationId(id);
    figures.valid = votes(a + b);
    figures.votes = {votes(a), votes(b)};
    returns.push_back(std::move(figures));
  }
  Result<ModelEstimate> model(bool with_roster = true) const {
    return estimate_missing(definition, geography, with_roster ? &roster : nullptr, returns);
  }
};

TEST(ModelOfTheMissing, TakesEachForThoseOfItsUnitAndSize) {
  TwoRegions made;
  for (const char* id : {"a1", "a2", "a3"}) made.station(id, "north", 100);
  for (const char* id : {"b1", "b2", "b3"}) made.station(id, "south", 400);
  made.counted("a1", 60, 20);  // a2, a3 are missing: 160 electors of 0.6 and 0.2
  made.counted("b1", 100, 300);
  made.counted("b2", 101, 299);  // b3 is missing: half of both, the half vote rounded up
  const auto model = made.model();
  ASSERT_TRUE(model) << to_string(model.error());
  EXPECT_EQ(model->strata, 2);
  EXPECT_EQ(model->stations_missing, 3);
  EXPECT_EQ(model->missing_registered, 600);
  EXPECT_EQ(model->registered_without_like, 0);
  EXPECT_EQ(model->votes, (std::vector<std::int64_t>{60 + 120 + 201 + 101, 20 + 40 + 599 + 300}));
  EXPECT_EQ(model->valid, 80 + 160 + 800 + 400);
}

TEST(ModelOfTheMissing, SaysWhereNoStationLikeItIsCounted) {
  TwoRegions made;
  made.station("a1", "north", 100);
  made.station("a2", "north", 400);  // no other of that size in the north
  made.station("b1", "south", 100);  // nothing counted in the south
  made.counted("a1", 50, 30);
  const auto model = made.model();
  ASSERT_TRUE(model);
  EXPECT_EQ(model->registered_without_like, 500);
  EXPECT_EQ(model->votes, (std::vector<std::int64_t>{50 + 200 + 50, 30 + 120 + 30}));
}

TEST(ModelOfTheMissing, IsRefusedWhereNobodySaysWhoIsMissing) {
  TwoRegions made;
  made.station("a1", "north", 100);
  EXPECT_EQ(made.model().error().code, ErrorCode::unsupported) << "nothing is counted";
  made.counted("a1", 50, 30);
  EXPECT_TRUE(made.model());
  EXPECT_EQ(made.model(false).error().code, ErrorCode::unsupported);
  made.definition.roster_complete = false;
  EXPECT_EQ(made.model().error().code, ErrorCode::unsupported);
  made.definition.roster_complete = true;
  made.roster.stations[0].registered.reset();
  EXPECT_EQ(made.model().error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace scr::judge
