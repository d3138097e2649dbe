// SPDX-License-Identifier: Apache-2.0
// rooms: derive
//
// The state after n + 1 entries is that after n and the next entry: the fold, one entry at a time,
// against the fold from the beginning; and what it keeps of entries that are wrong.

#include <gtest/gtest.h>

#include "derive/conclusions.h"
#include "derive/record_state.h"

namespace scr::derive {
namespace {

constexpr const char* kDefinition =
    "id=\"d\"\ntitle=\"D\"\nlanguages=[\"en\"]\ncountry={id=\"X\",name=\"X\"}\n[[level]]\nid="
    "\"region\"\nname=\"r\"\n[[option]]\nid=\"A\"\n"
    "name=\"A\"\n[[option]]\nid=\"B\"\nname=\"B\"\n[[electors]]\nid=\"roll\"\nvalue=1000\nwhat="
    "\"r\"\nsource=\"s\"\n";

std::string row(std::uint64_t import, int i, int a, int b) {
  entry::ReturnTranscribed t;
  t.import = entry::EntryIndex(import);
  t.place = {election::UnitId("r" + std::to_string(i % 2))};
  t.registered = election::Votes::from(50);
  t.row = static_cast<std::uint64_t>(i);
  t.station = election::StationId("s" + std::to_string(i));
  t.votes = {*election::Votes::from(a), *election::Votes::from(b)};
  t.valid = *election::Votes::from(a + b);
  return encode(t);
}

std::vector<std::string> log_of() {
  const Digest digest = sha256(bytes_of(kDefinition));
  std::vector<std::string> log{
      encode(entry::Genesis{entry::ClaimedTime(1), "d", {{"election.toml", digest}}, "o", "p"})};
  log.push_back(encode(
      entry::EvidenceReceived{entry::ClaimedTime(1), entry::EvidenceKind::returns, digest, 3}));
  log.push_back(encode(entry::ReturnsImported{entry::ClaimedTime(1), entry::EntryIndex(1),
                                              std::nullopt, election::SourceId("a"), 1, 5, 0}));
  log.push_back(encode(entry::UnitNamed{entry::EntryIndex(2), election::LevelId("region"), "North",
                                        election::UnitId("r0")}));
  for (int i = 0; i < 5; ++i) log.push_back(row(2, i, 10 + i, 5));
  log.push_back("no entry at all");
  log.push_back(row(1, 9, 1, 1));  // behind no import
  log.push_back(R"({"t":"scrutineer/of.tomorrow/v9"})");
  return log;
}

RecordState state_of(const std::vector<std::string>& log, std::size_t size) {
  Fold fold(FilesByName{{"election.toml", kDefinition}});
  for (std::size_t i = 0; i < size; ++i) EXPECT_TRUE(fold.take(log[i]));
  auto state = std::move(fold).finish();
  EXPECT_TRUE(state);
  return std::move(*state);
}

TEST(Fold, GoesOnFromWhereItStands) {
  const auto log = log_of();
  std::size_t before = 0;
  for (std::size_t size = 1; size <= log.size(); ++size) {
    const RecordState state = state_of(log, size);
    EXPECT_EQ(state.size, size);
    EXPECT_GE(state.transcripts.size(), before) << "nothing is taken back";
    before = state.transcripts.size();
    const auto selection = select(state, {});
    ASSERT_TRUE(selection);
    EXPECT_EQ(count(state, *selection)->returns.size(), before);
  }
  EXPECT_EQ(before, 5u);
}

TEST(Fold, KeepsInViewWhatCountsForNothing) {
  const auto log = log_of();
  const RecordState state = state_of(log, log.size());
  ASSERT_EQ(state.disregarded.size(), 3u);
  EXPECT_EQ(state.disregarded[0].index, entry::EntryIndex(9));
  EXPECT_EQ(state.disregarded[1].index, entry::EntryIndex(10));
  EXPECT_TRUE(state.disregarded[2].unknown_type);
  EXPECT_EQ(state.geography.unit(*state.geography.find(election::UnitId("r0"))).name, "North");
}

TEST(Fold, KeepsAPlanWhoseFilesWereReceivedAndSaysWhatWasThereBefore) {
  auto log = log_of();
  const auto receive = [&](entry::EvidenceKind kind) {
    log.push_back(
        encode(entry::EvidenceReceived{entry::ClaimedTime(1), kind, sha256(bytes_of("past")), 4}));
    return entry::EntryIndex(log.size() - 1);
  };
  const auto definition = receive(entry::EvidenceKind::definition);
  const auto returns = receive(entry::EvidenceKind::returns);
  const auto plan = [&](entry::EntryIndex first, entry::EntryIndex second) {
    return encode(entry::ForensicsPlan{
        entry::ClaimedTime(1), {{first, std::nullopt, second}}, "seed", {"ties"}});
  };
  log.push_back(plan(definition, returns));
  log.push_back(plan(returns, definition));  // of the wrong kinds
  const RecordState state = state_of(log, log.size());
  ASSERT_EQ(state.plans.size(), 1u);
  EXPECT_EQ(state.plans[0].index.value(), log.size() - 2);
  EXPECT_EQ(state.plans[0].transcripts_before, 5u);
  EXPECT_EQ(state.disregarded.back().index.value(), log.size() - 1);
}

TEST(Fold, RefusesADefinitionThatTheLogDoesNotName) {
  Fold altered(FilesByName{{"election.toml", std::string(kDefinition) + "# more"}});
  EXPECT_EQ(altered.take(log_of()[0]).error().code, ErrorCode::untrusted);
  Fold missing(FilesByName{});
  EXPECT_EQ(missing.take(log_of()[0]).error().code, ErrorCode::not_found);
  Fold without_genesis(FilesByName{{"election.toml", kDefinition}});
  EXPECT_FALSE(without_genesis.take(log_of()[1]));
}

TEST(Conclude, WithoutElectorsThereIsACountAndNoJudgement) {
  const auto log = log_of();
  RecordState state = state_of(log, log.size());
  state.definition.electors = {};
  const auto selection = select(state, {});
  ASSERT_TRUE(selection);
  EXPECT_TRUE(count(state, *selection));
  EXPECT_EQ(conclude(state, {}, *selection).error().code, ErrorCode::bad_input);
}

TEST(Conclude, HoldsAClaimAgainstTheOneBeforeItWhereTheirTimesAreInOneZone) {
  auto log = log_of();
  for (const char* id : {"late", "soon"}) {
    const entry::EntryIndex evidence(log.size());
    log.push_back(encode(entry::EvidenceReceived{entry::ClaimedTime(1), entry::EvidenceKind::claim,
                                                 sha256(bytes_of(id)), 4}));
    log.push_back(encode(entry::ClaimMade{entry::ClaimedTime(1), election::ClaimId(id), evidence}));
  }
  const RecordState state = state_of(log, log.size());
  const auto selection = select(state, {});
  const auto claim = [&](const char* id, const char* announced, int valid) {
    return *entry::parse_claim("id = \"" + std::string(id) + "\"\nby = \"x\"\nannounced = " +
                                   announced + "\nvalid = " + std::to_string(valid) + "\n",
                               state.definition);
  };
  const auto increments = [&](const char* first, const char* second) {
    const auto concluded =
        conclude(state, {claim("late", second, 30), claim("soon", first, 20)}, *selection);
    EXPECT_TRUE(concluded);
    std::size_t n = 0;
    for (const auto& judged : concluded->claims) {
      for (const auto& check : judged.checks) {
        if (check.code != judge::CheckCode::increment) continue;
        ++n;
        EXPECT_EQ(judged.id.value(), "late");
        EXPECT_EQ(check.details.at("increment.valid"), "10");
      }
    }
    return n;
  };
  EXPECT_EQ(increments("2031-05-04T22:10:00-04:00", "2031-05-05T09:30:00-04:00"), 1u);
  EXPECT_EQ(increments("2031-05-04T22:10:00Z", "2031-05-05T09:30:00Z"), 1u);
  EXPECT_EQ(increments("2031-05-04T22:10:00-04:00", "2031-05-05T09:30:00Z"), 0u);
}

}  // namespace
}  // namespace scr::derive
