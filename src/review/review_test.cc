// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <gtest/gtest.h>

#include "review/accept.h"
#include "review/rules.h"

namespace scr::review {
namespace {

using election::SourceId;
using election::StationId;
using election::Votes;

class Accept : public testing::Test {
 protected:
  Accept() {
    auto definition = election::parse_definition(
        "id = \"t\"\ntitle = \"T\"\nlanguages = [\"en\"]\ncountry = { id = \"X\", name = \"X\" "
        "}\n[[option]]\nid = \"P\"\nname "
        "= \"P\"\n[[option]]\nid = \"Q\"\nname = \"Q\"\n");
    EXPECT_TRUE(definition);
    definition_ = *definition;
  }
  // `source` says that `station` has these votes.
  void says(std::uint32_t source, const char* station, std::int64_t p, std::int64_t q,
            std::int64_t valid = -1, std::int64_t registered = 500) {
    Transcript t;
    t.source = SourceOrdinal(source);
    t.figures.station = StationId(station);
    t.figures.votes = {*Votes::from(p), *Votes::from(q)};
    t.figures.valid = *Votes::from(valid < 0 ? p + q : valid);
    t.figures.registered = Votes::from(registered);
    t.figures.basis = 10 + transcripts_.size();
    transcripts_.push_back(t);
  }
  Accepted decide() { return accept(definition_, nullptr, sources_, transcripts_, left_out_); }
  static std::vector<std::string> codes(const Accepted& accepted) {
    std::vector<std::string> names;
    for (const auto& finding : accepted.findings) names.emplace_back(checks::name_of(finding.code));
    return names;
  }

  election::Definition definition_;
  std::vector<SourceId> sources_{SourceId("a"), SourceId("b"), SourceId("c")};
  std::vector<Transcript> transcripts_;
  LeftOut left_out_;
};

using Names = std::vector<std::string>;

TEST_F(Accept, TakesWhatStandsAlone) {
  says(0, "1", 10, 5);
  const auto accepted = decide();
  ASSERT_EQ(accepted.returns.size(), 1u);
  EXPECT_EQ(accepted.returns[0].basis, 10u);
  EXPECT_TRUE(accepted.findings.empty());
}

TEST_F(Accept, CountsAReturnThatStandsTwiceOnce) {
  says(0, "1", 10, 5);
  says(0, "1", 10, 5);
  const auto accepted = decide();
  ASSERT_EQ(accepted.returns.size(), 1u);
  EXPECT_EQ(codes(accepted), Names{"duplicate"});
  EXPECT_EQ(accepted.findings[0].entries, (std::vector<std::uint64_t>{10, 11}));
}

TEST_F(Accept, SetsAsideASourceThatContradictsItself) {
  says(0, "1", 10, 5);
  says(0, "1", 9, 6);
  says(1, "1", 10, 5);
  const auto accepted = decide();
  EXPECT_EQ(codes(accepted), Names{"conflict_in_source"});
  ASSERT_EQ(accepted.returns.size(), 1u) << "the other source still stands";
  EXPECT_EQ(accepted.returns[0].basis, 12u);
}

TEST_F(Accept, SetsAsideAStationWhoseSourcesDiffer) {
  says(0, "1", 10, 5);
  says(1, "1", 5, 10);
  const auto accepted = decide();
  EXPECT_TRUE(accepted.returns.empty()) << "it counts as missing";
  EXPECT_EQ(codes(accepted), Names{"conflict_of_sources"});
  EXPECT_TRUE(accepted.findings[0].set_aside);
}

TEST_F(Accept, TakesThePreferredSourceWhereTheDefinitionNamesOne) {
  definition_.acceptance.prefer = {SourceId("b")};
  says(0, "1", 10, 5);
  says(1, "1", 5, 10);
  says(2, "1", 5, 10);
  const auto accepted = decide();
  ASSERT_EQ(accepted.returns.size(), 1u);
  EXPECT_EQ(accepted.returns[0].basis, 11u);
  EXPECT_EQ(accepted.returns[0].agreeing, 2u);
  EXPECT_FALSE(accepted.findings[0].set_aside);
}

TEST_F(Accept, DoesNotDependOnTheOrderOfArrival) {
  for (int i = 0; i < 6; ++i)
    says(static_cast<std::uint32_t>(i % 3), i < 3 ? "1" : "2", 10, i < 5 ? 5 : 6);
  const auto first = decide();
  std::reverse(transcripts_.begin(), transcripts_.end());
  const auto second = decide();
  ASSERT_EQ(first.returns.size(), second.returns.size());
  for (std::size_t i = 0; i < first.returns.size(); ++i)
    EXPECT_EQ(first.returns[i].basis, second.returns[i].basis);
  EXPECT_EQ(codes(first), codes(second));
}

TEST_F(Accept, SetsAsideWhatBreaksARuleAndNotesTheRest) {
  says(0, "1", 10, 5, 16);
  says(0, "2", 0, 0);
  says(0, "3", 300, 300);
  const auto accepted = decide();
  EXPECT_EQ(codes(accepted), (Names{"votes_do_not_sum", "zero_sheet", "cast_over_registered"}));
  ASSERT_EQ(accepted.returns.size(), 1u);
  EXPECT_EQ(accepted.returns[0].station.value(), "3")
      << "more ballots than electors is only noted by default";
  definition_.rules.cast_within_registered = election::Remedy::set_aside;
  EXPECT_TRUE(decide().returns.empty());
}

TEST_F(Accept, LeavesOutSourcesAndStationsOnRequest) {
  says(0, "1", 10, 5);
  says(1, "1", 5, 10);
  says(1, "2", 1, 1);
  left_out_.sources = {true};
  EXPECT_EQ(decide().returns.size(), 2u);
  left_out_.stations = {StationId("1")};
  EXPECT_EQ(decide().returns.size(), 1u);
}

TEST_F(Accept, HoldsStationsAgainstACompleteRoster) {
  election::Geography geography(definition_);
  const auto roster = election::parse_roster("station,registered\n1,400\n", definition_, geography);
  ASSERT_TRUE(roster) << to_string(roster.error());
  definition_.roster_complete = true;
  says(0, "1", 10, 5, -1, 401);
  says(0, "9", 10, 5);
  const auto accepted = accept(definition_, &*roster, sources_, transcripts_, left_out_);
  EXPECT_EQ(codes(accepted), (Names{"registered_differs", "unknown_station"}));
  ASSERT_EQ(accepted.returns.size(), 1u);
  EXPECT_EQ(accepted.returns[0].registered, Votes::from(400)) << "the roster's number counts";
}

std::vector<std::string> gaps(const std::vector<const char*>& stations) {
  std::vector<StationReturn> returns;
  for (const char* station : stations) {
    returns.emplace_back();
    returns.back().station = StationId(station);
  }
  std::vector<std::string> missing;
  for (const auto& finding : numbering_gaps(returns)) {
    missing.push_back(finding.details.at("place") + ":" + finding.details.at("missing"));
  }
  return missing;
}

TEST(NumberingGaps, AreNamedForEachPlace) {
  EXPECT_EQ(gaps({"c1.01", "c1.02", "c1.05", "c2.02", "c3.01"}), (Names{"c1:3 4", "c2:1"}));
  EXPECT_TRUE(gaps({"c1.01", "c1.02"}).empty());
  EXPECT_TRUE(gaps({"plain", "c.x1", "c.9999"}).empty()) << "not a number of a table";
}

}  // namespace
}  // namespace scr::review
