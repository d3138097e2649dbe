// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "derive/record_state.h"

namespace scr::derive {
namespace {

note::Signer signer_of(const char* name, std::uint8_t n) {
  std::array<std::byte, 32> seed{};
  seed.fill(static_cast<std::byte>(n));
  return note::Signer(*note::KeyName::from(name), note::Seed(seed));
}

// A log of one picture that people look at, entry by entry.
class ApprovalLog {
 public:
  ApprovalLog() : fold_(files()) {
    say(encode(entry::Genesis{entry::ClaimedTime(1), "made-up", named_files(), "o", "p"}));
    say(encode(entry::EvidenceReceived{entry::ClaimedTime(1), entry::EvidenceKind::picture,
                                       sha256(bytes_of("picture")), 7}));
    commitment = say(encode(entry::PictureCommitted{
        entry::ClaimedTime(1), cells::Commitment{cells::Kind::jpeg, 50, Digest()},
        entry::EntryIndex(1), Digest()}));
  }

  entry::EntryIndex say(const std::string& bytes) {
    EXPECT_TRUE(fold_.take(bytes));
    return entry::EntryIndex(size_++);
  }
  void name(const note::Signer& who) {
    say(encode(entry::PersonNamed{entry::ClaimedTime(2), who.vkey().text()}));
  }
  entry::RedactionApproved approval(const note::Signer& who, const char* mask) const {
    entry::RedactionApproved approved{entry::ClaimedTime(2 + size_),  // each later than the last
                                      who.vkey().name().value(),     commitment, "o",
                                      *cells::Mask::parse(mask),     {}};
    const std::string said = signed_bytes(approved);
    approved.signature = who.sign_message(bytes_of(said));
    return approved;
  }
  void approve(const note::Signer& who, const char* mask) { say(encode(approval(who, mask))); }

  // The approved mask, "" if there is none; and what was disregarded.
  std::string approved() {
    RecordState state = *std::move(fold_).finish();
    for (const Disregarded& one : state.disregarded) disregarded.push_back(one.why);
    const CommittedPicture* picture = state.committed_of(entry::EntryIndex(1));
    return picture && picture->approved() ? picture->approved()->text() : "";
  }

  entry::EntryIndex commitment;
  std::vector<std::string> disregarded;

 private:
  static std::string text_of_file(const std::string& name) {
    std::ifstream file(SCR_SOURCE_DIR "/elections/made-up/" + name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
  static FilesByName files() {
    return {{"election.toml", text_of_file("election.toml")},
            {"roster.csv", text_of_file("roster.csv")}};
  }
  static std::vector<entry::DefinitionFile> named_files() {
    std::vector<entry::DefinitionFile> named;
    for (const auto& [name, text] : files()) named.push_back({name, sha256(bytes_of(text))});
    return named;
  }

  Fold fold_;
  std::uint64_t size_ = 0;
};

const note::Signer& ana() {
  static const note::Signer signer = signer_of("ana", 1);
  return signer;
}
const note::Signer& luis() {
  static const note::Signer signer = signer_of("luis", 2);
  return signer;
}

TEST(Redaction, IsApprovedWhenTwoPeopleApproveTheSameMask) {
  ApprovalLog log;
  log.name(ana());
  log.name(luis());
  log.approve(ana(), "3-4");
  log.approve(luis(), "3-4");
  EXPECT_EQ(log.approved(), "3-4");
  EXPECT_TRUE(log.disregarded.empty());
}

TEST(Redaction, IsNotApprovedByOnePersonHoweverOften) {
  ApprovalLog log;
  log.name(ana());
  log.approve(ana(), "3-4");
  log.approve(ana(), "3-4");
  EXPECT_EQ(log.approved(), "");
}

TEST(Redaction, IsNotApprovedByTwoNamesOfOneKey) {
  ApprovalLog log;
  const note::Signer twin = signer_of("ana-2", 1);
  log.name(ana());
  log.name(twin);
  log.approve(ana(), "3-4");
  log.approve(twin, "3-4");
  EXPECT_EQ(log.approved(), "");
  EXPECT_EQ(log.disregarded.size(), 2u);
}

TEST(Redaction, IsNotApprovedByTwoPeopleWhoMeanDifferentMasks) {
  ApprovalLog log;
  log.name(ana());
  log.name(luis());
  log.approve(ana(), "3-4");
  log.approve(luis(), "3-5");
  EXPECT_EQ(log.approved(), "");
}

TEST(Redaction, LosesItsApprovalWhenOneOfTheTwoApprovesAnotherMask) {
  ApprovalLog log;
  log.name(ana());
  log.name(luis());
  log.approve(ana(), "3-4");
  log.approve(luis(), "3-4");
  log.approve(ana(), "3-9");
  EXPECT_EQ(log.approved(), "") << "somebody saw that more has to be hidden";
}

TEST(Redaction, CountsNoApprovalThatIsForgedUnknownOrWithdrawn) {
  ApprovalLog log;
  log.name(ana());
  log.name(luis());
  log.approve(ana(), "3-4");
  entry::RedactionApproved forged = log.approval(luis(), "3-4");
  forged.mask = *cells::Mask::parse("3");
  log.say(encode(forged));
  log.approve(signer_of("eva", 3), "3-4");
  log.say(encode(entry::PersonWithdrawn{entry::ClaimedTime(4), "luis"}));
  log.approve(luis(), "3-4");
  EXPECT_EQ(log.approved(), "");
  EXPECT_EQ(log.disregarded.size(), 3u);
}

// `at_once`: whether what both approved first is appended when they say it, or held back.
std::string said_again(bool at_once, std::vector<std::string>& disregarded) {
  ApprovalLog log;
  log.name(ana());
  log.name(luis());
  std::vector<std::string> less;
  for (const note::Signer* one : {&ana(), &luis()}) {
    less.push_back(encode(log.approval(*one, "3")));
    if (at_once) log.say(less.back());
  }
  log.approve(ana(), "3-9");  // both decided later that more is hidden
  log.approve(luis(), "3-9");
  for (const std::string& one : less) log.say(one);
  const std::string approved = log.approved();
  disregarded = log.disregarded;
  return approved;
}

TEST(Redaction, SaidOnceIsNotSaidAgainBySomebodyElse) {
  std::vector<std::string> disregarded;
  EXPECT_EQ(said_again(true, disregarded), "3-9");
  EXPECT_EQ(disregarded.size(), 2u);
}

TEST(Redaction, CountsNoApprovalThatComesAfterALaterOne) {
  std::vector<std::string> disregarded;
  EXPECT_EQ(said_again(false, disregarded), "3-9");
  EXPECT_EQ(disregarded.size(), 2u);
}

TEST(Redaction, ApprovedInAnotherLogCountsForNothing) {
  ApprovalLog log;
  log.name(ana());
  log.name(luis());
  log.approve(ana(), "3");
  entry::RedactionApproved elsewhere = log.approval(luis(), "3");
  elsewhere.log = "another.example";
  elsewhere.signature = luis().sign_message(bytes_of(signed_bytes(elsewhere)));
  log.say(encode(elsewhere));
  EXPECT_EQ(log.approved(), "");
  EXPECT_EQ(log.disregarded.size(), 1u);
}

TEST(Redaction, OfCellsThatAreNotThereCountsForNothing) {
  ApprovalLog log;
  log.name(ana());
  log.approve(ana(), "50");
  EXPECT_EQ(log.approved(), "");
  EXPECT_EQ(log.disregarded.size(), 1u);
}

TEST(Commitment, ToAPictureStandsOnce) {
  ApprovalLog log;
  log.say(encode(entry::PictureCommitted{entry::ClaimedTime(1), std::nullopt, entry::EntryIndex(1),
                                         Digest()}));
  log.say(encode(entry::PictureCommitted{entry::ClaimedTime(1), std::nullopt, entry::EntryIndex(0),
                                         Digest()}));
  EXPECT_EQ(log.approved(), "");
  EXPECT_EQ(log.disregarded.size(), 2u);
}

}  // namespace
}  // namespace scr::derive
