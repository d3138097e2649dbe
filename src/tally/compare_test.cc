// SPDX-License-Identifier: Apache-2.0
#include "tally/compare.h"

#include <gtest/gtest.h>

namespace scr::tally {
namespace {

election::Votes votes(std::int64_t n) {
  return *election::Votes::from(n);
}

election::Definition three_options() {
  election::Definition definition;
  for (const char* id : {"A", "B", "valid"}) {
    definition.options.push_back({election::OptionId{id}, id, {}});
  }
  return definition;
}

review::StationReturn gives(const char* station, std::int64_t a, std::int64_t b, std::int64_t c) {
  review::StationReturn figures;
  figures.station = election::StationId{station};
  figures.votes = {votes(a), votes(b), votes(c)};
  figures.valid = votes(a + b + c);
  return figures;
}

TEST(Compare, JoinsByStationAndListsWhatOnlyOneHas) {
  const review::StationReturn a[] = {gives("01", 1, 2, 3), gives("02", 4, 5, 6),
                                     gives("04", 1, 1, 1)};
  const review::StationReturn b[] = {gives("02", 4, 5, 6), gives("03", 1, 1, 1),
                                     gives("04", 1, 1, 1), gives("05", 0, 0, 0)};
  const Comparison comparison = compare(three_options(), a, b);
  EXPECT_EQ(comparison.joined, 2);
  EXPECT_EQ(comparison.equal, 2);
  EXPECT_TRUE(comparison.differ.empty());
  EXPECT_EQ(comparison.only_a, std::vector{election::StationId{"01"}});
  EXPECT_EQ(comparison.only_b, (std::vector{election::StationId{"03"}, election::StationId{"05"}}));
}

TEST(Compare, LeavesApartWhatOneOfThemHasInSeveralVersions) {
  const review::StationReturn a[] = {gives("01", 1, 2, 3), gives("02", 4, 5, 6)};
  const review::StationReturn b[] = {gives("02", 4, 5, 6), gives("03", 1, 1, 1)};
  const election::StationId one{"01"}, three{"03"}, four{"04"};
  const Comparison comparison = compare(three_options(), a, b, {three, four}, {one});
  EXPECT_EQ(comparison.joined, 1);
  EXPECT_TRUE(comparison.only_a.empty() && comparison.only_b.empty());
  EXPECT_EQ(comparison.unclear_a, (std::vector{three, four}));
  EXPECT_EQ(comparison.unclear_b, std::vector{one});
}

TEST(Compare, NamesEveryFigureThatDiffersWithBothValues) {
  const review::StationReturn a[] = {gives("01", 10, 20, 0)};
  review::StationReturn b[] = {gives("01", 11, 20, 0)};
  b[0].null = votes(7);
  const Comparison comparison = compare(three_options(), a, b);
  EXPECT_EQ(comparison.equal, 0);
  ASSERT_EQ(comparison.differ.size(), 1u);
  const auto& differences = comparison.differ[0].differences;
  ASSERT_EQ(differences.size(), 3u);
  EXPECT_EQ(differences[0].field, "A");
  EXPECT_EQ(differences[0].a, 10);
  EXPECT_EQ(differences[0].b, 11);
  EXPECT_EQ(differences[1].field, "valid");
  EXPECT_EQ(differences[2].field, "null");
  EXPECT_EQ(differences[2].b, 7);
}

TEST(Compare, KeepsAnOptionCalledValidApartFromTheValidVotes) {
  const review::StationReturn a[] = {gives("01", 1, 0, 1)};
  const review::StationReturn b[] = {gives("01", 1, 1, 0)};
  const Comparison comparison = compare(three_options(), a, b);
  ASSERT_EQ(comparison.differ.size(), 1u);
  ASSERT_EQ(comparison.differ[0].differences.size(), 2u);
  EXPECT_EQ(comparison.differ[0].differences[1].field, "votes.valid");
}

TEST(Compare, ComparesElectorsOnlyWhereBothSayThem) {
  review::StationReturn a[] = {gives("01", 1, 0, 0), gives("02", 1, 0, 0)};
  review::StationReturn b[] = {gives("01", 1, 0, 0), gives("02", 1, 0, 0)};
  a[0].registered = votes(100);
  a[1].registered = votes(100);
  b[1].registered = votes(101);
  const Comparison comparison = compare(three_options(), a, b);
  EXPECT_EQ(comparison.equal, 1);
  ASSERT_EQ(comparison.differ.size(), 1u);
  EXPECT_EQ(comparison.differ[0].differences[0].field, "registered");
}

TEST(Compare, OfNothingWithNothingIsNothing) {
  const Comparison comparison = compare(three_options(), {}, {});
  EXPECT_EQ(comparison.joined, 0);
  EXPECT_TRUE(comparison.only_a.empty());
}

}  // namespace
}  // namespace scr::tally
