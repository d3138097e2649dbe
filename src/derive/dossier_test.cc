// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <gtest/gtest.h>

#include "derive/conclusions.h"
#include "derive/dossier.h"
#include "derive/repeats.h"
#include "entry/entry.h"

namespace scr::derive {
namespace {

constexpr const char* kDefinition = R"(
id = "d"
title = "D"
languages = ["en"]
country = { id = "X", name = "X" }
[[option]]
id = "A"
name = "A"
lines = ["P"]
[[option]]
id = "B"
name = "B"
lines = ["Q"]
[[sheet]]
id = "s"
payload = "code!counts!null!invalid"
code = "{centre:3}.{table:2}"
station = "{centre}.{table}"
ballot_order = ["P", "Q"]
)";

likeness::Fingerprint print_of(std::uint64_t n) {
  const std::uint64_t word = n * 0x9E37'79B9'7F4A'7C15ull;
  return {{word, ~word, word * 3, word * 7}};
}

// A log of pictures, added one by one.
class PictureLog {
 public:
  PictureLog() {
    entries_.push_back(encode(entry::Genesis{
        entry::ClaimedTime(1), "d", {{"election.toml", sha256(bytes_of(kDefinition))}}, "o", "p"}));
  }
  std::uint64_t read(const std::string& payload, std::uint64_t likeness) {
    entry::SheetRead sheet;
    sheet.corners.assign(8, 1);
    sheet.evidence = receive();
    sheet.fingerprint = print_of(likeness);
    sheet.method = "qr";
    sheet.payload = payload;
    sheet.stage = "plain";
    entries_.push_back(encode(sheet));
    return entries_.size() - 1;
  }
  std::uint64_t unread(std::uint64_t likeness) {
    const entry::EntryIndex evidence = receive();
    entries_.push_back(encode(entry::PictureUnread{
        entry::ClaimedTime(1), evidence, print_of(likeness), {}, "code-unreadable"}));
    return entries_.size() - 1;
  }
  RecordState state() const {
    Fold fold(FilesByName{{"election.toml", kDefinition}});
    for (const std::string& entry : entries_) EXPECT_TRUE(fold.take(entry));
    auto state = std::move(fold).finish();
    EXPECT_TRUE(state && state->disregarded.empty());
    return std::move(*state);
  }

 private:
  entry::EntryIndex receive() {
    const std::string file = "picture " + std::to_string(entries_.size());
    entries_.push_back(encode(entry::EvidenceReceived{
        entry::ClaimedTime(1), entry::EvidenceKind::picture, sha256(bytes_of(file)), 9}));
    return entry::EntryIndex(entries_.size() - 1);
  }

  std::vector<std::string> entries_;
};

Count count_of(const RecordState& state) {
  const auto selection = select(state, {});
  EXPECT_TRUE(selection);
  auto counted = count(state, *selection);
  EXPECT_TRUE(counted);
  return std::move(*counted);
}

std::vector<std::string> codes(const std::vector<checks::Finding>& findings) {
  std::vector<std::string> names;
  for (const auto& finding : findings) names.emplace_back(checks::name_of(finding.code));
  std::sort(names.begin(), names.end());
  return names;
}

using Names = std::vector<std::string>;

TEST(Dossier, GoesFromPicturesToTheSumsTheyEnter) {
  PictureLog log;
  const auto first = log.read("001.01!5,4!1!0", 1);
  const auto second = log.read("001.01!5,4!1!0", 2);
  log.read("001.02!1,1!0!0", 3);
  const RecordState state = log.state();
  const Count counted = count_of(state);
  const Dossier dossier = dossier_of(state, counted, election::StationId("001.01"));
  ASSERT_TRUE(dossier.accepted);
  EXPECT_EQ(dossier.accepted->borne_by, (std::vector{first, second}));
  ASSERT_EQ(dossier.pictures.size(), 2u);
  EXPECT_TRUE(dossier.pictures[0].bears && dossier.pictures[1].bears);
  EXPECT_EQ(dossier.sums, std::vector{state.geography.country()});
  EXPECT_TRUE(dossier.findings.empty()) << "two pictures that agree are no fault";
  EXPECT_TRUE(dossier_of(state, counted, election::StationId("009.01")).empty());
}

TEST(Dossier, OfPicturesThatDifferSaysThatNothingCounts) {
  PictureLog log;
  log.read("001.01!5,4!1!0", 1);
  log.read("001.01!4,5!1!0", 2);
  const RecordState state = log.state();
  const Count counted = count_of(state);
  const Dossier dossier = dossier_of(state, counted, election::StationId("001.01"));
  EXPECT_FALSE(dossier.accepted);
  EXPECT_EQ(codes(dossier.findings), Names{"conflict_in_source"});
  EXPECT_EQ(needs_of(state, counted).undecided, 1);
}

// What is accepted does not hang on what came first, only where in the log it stands.
TEST(Count, IsTheSameInWhateverOrderPicturesCame) {
  struct Said {
    const char* payload;
    std::uint64_t likeness;
  };
  std::vector<Said> all{{"001.01!5,4!1!0", 1}, {"001.01!0,0!0!0", 2}, {"001.02!3,2!0!0", 3},
                        {"001.02!3,2!0!0", 3}, {"001.03!1,2!0!0", 4}, {"001.03!2,1!0!0", 5}};
  std::vector<std::size_t> order{0, 1, 2, 3, 4, 5};
  std::optional<std::string> expected;
  do {
    PictureLog log;
    for (const std::size_t i : order) log.read(all[i].payload, all[i].likeness);
    const RecordState state = log.state();
    const Count counted = count_of(state);
    std::string outcome;
    for (const auto& accepted : counted.returns) {
      outcome += accepted.station.value();
      for (const auto votes : accepted.votes) outcome += " " + std::to_string(votes.count());
      outcome += " by " + std::to_string(accepted.borne_by.size()) + "\n";
    }
    for (const std::string& name : codes(counted.findings)) outcome += name + "\n";
    if (!expected) expected = outcome;
    ASSERT_EQ(outcome, *expected);
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(*expected,
            "001.01 5 4 by 1\n001.02 3 2 by 2\nconflict_in_source\nnear_repeat\nzero_sheet\n");
}

TEST(Repeats, AreGroupedUnlessTheirCodesDiffer) {
  PictureLog log;
  log.read("001.01!5,4!1!0", 1);
  log.unread(1);
  log.read("001.02!5,4!1!0", 2);
  log.read("001.03!5,4!1!0", 2);
  EXPECT_EQ(repeated_pictures(log.state()), (std::vector<std::vector<std::size_t>>{{0, 1}}));
  const auto findings = near_repeats(log.state());
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].station.value(), "001.01") << "what the unread one is a copy of";
}

TEST(WaitingForPeople, IsWhatNoMachineReadAndNoCopyOfWhatOneRead) {
  PictureLog log;
  log.read("001.01!5,4!1!0", 1);
  log.unread(1);
  const auto waits = log.unread(7);
  const RecordState state = log.state();
  const auto waiting = waiting_for_people(state);
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].picture->index.value(), waits);
  const Needs needs = needs_of(state, count_of(state));
  EXPECT_EQ(needs.pictures, 3);
  EXPECT_EQ(needs.read, 1);
  EXPECT_EQ(needs.unread, 1);
  EXPECT_EQ(needs.undecided, 0);
}

TEST(MeantBy, TakesAnEntryOrTheBeginningOfAHash) {
  PictureLog log;
  const auto read = log.read("001.01!5,4!1!0", 1);
  const auto unread = log.unread(7);
  const RecordState state = log.state();
  EXPECT_EQ(meant_by(state, std::to_string(read))->station.value(), "001.01");
  EXPECT_EQ(meant_by(state, std::to_string(unread))->picture, &state.pictures[1]);
  const std::string hex = state.pictures[1].sha256.hex();
  EXPECT_EQ(meant_by(state, hex.substr(0, 8))->picture, &state.pictures[1]);
  EXPECT_EQ(meant_by(state, hex.substr(0, 7)).error().code, ErrorCode::not_found);
  EXPECT_EQ(meant_by(state, "0").error().code, ErrorCode::not_found) << "a genesis is no picture";
}

}  // namespace
}  // namespace scr::derive
