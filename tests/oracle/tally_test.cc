// SPDX-License-Identifier: Apache-2.0
// rooms: tally
//
// Sums up a tree in one pass, against looking at every return for every unit.

#include <gtest/gtest.h>

#include "tally/tally.h"

namespace scr::tally {
namespace {

using election::Votes;

TEST(AddUp, AgreesWithLookingAtEveryReturnForEveryUnit) {
  auto definition = election::parse_definition(R"(
id = "t"
title = "T"
languages = ["en"]
country = { id = "X", name = "X" }
[[level]]
id = "a"
name = "a"
[[level]]
id = "b"
name = "b"
[[option]]
id = "P"
name = "P"
[[option]]
id = "Q"
name = "Q"
)");
  ASSERT_TRUE(definition) << to_string(definition.error());
  std::uint32_t state = 7;
  const auto below = [&](std::uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
  };
  for (int round = 0; round < 50; ++round) {
    election::Geography geography(*definition);
    std::vector<review::StationReturn> returns;
    for (std::uint32_t i = 0; i < below(60); ++i) {
      const std::string a = "a" + std::to_string(below(4));
      std::vector<election::UnitId> path{election::UnitId(a)};
      if (below(3) > 0) path.emplace_back(a + "b" + std::to_string(below(3)));
      review::StationReturn r;
      r.station = election::StationId(std::to_string(1000 + i));
      r.unit = *geography.add_path(path);
      r.votes = {*Votes::from(below(50)), *Votes::from(below(50))};
      r.valid = *add(r.votes[0], r.votes[1]);
      r.null = *Votes::from(below(3));
      if (below(4) > 0) r.registered = *Votes::from(150);
      returns.push_back(r);
    }
    const auto tallies =
        add_up(*definition, geography, nullptr, std::nullopt, std::nullopt, returns);
    ASSERT_TRUE(tallies);
    for (std::size_t unit = 0; unit < geography.units().size(); ++unit) {
      const election::UnitOrdinal ordinal(static_cast<std::uint32_t>(unit));
      std::int64_t count = 0, p = 0, q = 0, null = 0, covered = 0;
      for (const auto& r : returns) {
        if (geography.ancestor_at(r.unit, geography.unit(ordinal).depth) != ordinal) continue;
        ++count;
        p += r.votes[0].count();
        q += r.votes[1].count();
        null += r.null.count();
        covered += r.registered ? r.registered->count() : review::cast(r);
      }
      const Tally& tally = tallies->of(ordinal);
      EXPECT_EQ(tally.coverage.stations_returned.count(), count);
      EXPECT_EQ(tally.coverage.registered_covered.count(), covered);
      EXPECT_EQ(tally.votes[0].count(), p);
      EXPECT_EQ(tally.votes[1].count(), q);
      EXPECT_EQ(tally.valid.count(), p + q);
      EXPECT_EQ(tally.null.count(), null);
      EXPECT_FALSE(tally.coverage.stations_expected) << "nobody said how many there are";
    }
  }
}

TEST(AddUp, RefusesTwoReturnsForOneStation) {
  auto definition = election::parse_definition(
      "id = \"t\"\ntitle = \"T\"\nlanguages = [\"en\"]\ncountry = { id = \"X\", name = \"X\" "
      "}\n[[option]]\nid = \"P\"\nname = "
      "\"P\"\n[[option]]\nid = \"Q\"\nname = \"Q\"\n");
  ASSERT_TRUE(definition) << to_string(definition.error());
  const election::Geography geography(*definition);
  review::StationReturn r;
  r.station = election::StationId("04");
  r.votes = {Votes(), Votes()};
  const review::StationReturn twice[] = {r, r};
  const auto tallies = add_up(*definition, geography, nullptr, std::nullopt, std::nullopt, twice);
  ASSERT_FALSE(tallies);
  EXPECT_EQ(tallies.error().code, ErrorCode::conflict);
  EXPECT_EQ(tallies.error().where, "04");
  r.votes = {*Votes::from(Votes::kMax), Votes()};
  review::StationReturn other = r;
  other.station = election::StationId("05");
  const review::StationReturn beyond[] = {r, other};
  EXPECT_EQ(
      add_up(*definition, geography, nullptr, std::nullopt, std::nullopt, beyond).error().code,
      ErrorCode::bad_input);
}

}  // namespace
}  // namespace scr::tally
