// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "entry/claim.h"
#include "entry/entry.h"

namespace scr::entry {
namespace {

using election::Votes;

Digest some_digest() {
  return sha256(bytes_of("x"));
}

std::vector<std::string> one_of_each() {
  ReturnTranscribed transcribed;
  transcribed.import = EntryIndex(3);
  transcribed.place = {election::UnitId("01"), election::UnitId("0101")};
  transcribed.registered = Votes::from(666);
  transcribed.row = 2;
  transcribed.station = election::StationId("010113042.01");
  transcribed.valid = *Votes::from(5);
  transcribed.votes = {*Votes::from(2), *Votes::from(3)};
  ReturnTranscribed silent = transcribed;
  silent.registered.reset();
  SheetRead read;
  read.agree = 40;
  read.compared = 41;
  read.contradictions = {{"PSUV", 137, 131, 870, 923}};
  read.at = ClaimedTime(1);
  read.corners = {1, 2, 30, 2, 30, 31, 1, 30};
  read.erasures = 4;
  read.errors = 2;
  read.evidence = EntryIndex(3);
  read.fingerprint.words = {1, 2, 3, 0xFFFFFFFFFFFFFFFFull};
  read.margin = 5;
  read.method = "qr";
  read.payload = "010113042.01!1,2!0!0";
  read.stage = "fitted";
  const RedactionApproved approved{
      ClaimedTime(1), "ana", EntryIndex(5), "o", *cells::Mask::parse("17-18 88"), {}};
  return {encode(PictureCommitted{ClaimedTime(1),
                                  cells::Commitment{cells::Kind::pixels, 13, some_digest()},
                                  EntryIndex(3), some_digest()}),
          encode(PictureCommitted{ClaimedTime(1), std::nullopt, EntryIndex(3), some_digest()}),
          encode(PersonNamed{ClaimedTime(1), "ana+01020304+AQ=="}),
          encode(PersonWithdrawn{ClaimedTime(1), "ana"}),
          encode(approved),
          encode(Genesis{ClaimedTime(1),
                         "ve",
                         {{"election.toml", some_digest()}, {"roster.csv", some_digest()}},
                         "o",
                         "p"}),
          encode(EvidenceReceived{ClaimedTime(1), EvidenceKind::mapping, some_digest(), 12}),
          encode(EvidenceReceived{ClaimedTime(1), EvidenceKind::container, some_digest(), 12}),
          encode(PartTaken{ClaimedTime(1), EntryIndex(3), EntryIndex(4), TakenHow::embedded, 7}),
          encode(PartRefused{ClaimedTime(1), EntryIndex(3), 8, "not-a-picture"}),
          encode(ContainerClosed{ClaimedTime(1), EntryIndex(3), "whole", 8}),
          encode(EvidenceRepeated{ClaimedTime(1), EntryIndex(4)}),
          encode(AuditPlanned{ClaimedTime(1),
                              "first",
                              "transcription",
                              std::nullopt,
                              "kaplan-markov",
                              "1/20",
                              "weighted",
                              std::nullopt,
                              std::nullopt,
                              1,
                              {}}),
          encode(AuditPlanned{ClaimedTime(1),
                              "third",
                              "boxes",
                              std::nullopt,
                              "kaplan-markov",
                              "1/20",
                              "weighted",
                              std::nullopt,
                              std::nullopt,
                              1,
                              {{"example.org/council", some_digest(), 12, 3}}}),
          encode(AuditPlanned{ClaimedTime(1),
                              "second",
                              "ballots",
                              "1/2",
                              "alpha",
                              "1/10",
                              "cryptorandom",
                              election::SourceId("s"),
                              std::nullopt,
                              2,
                              {}}),
          encode(AuditPlanned{ClaimedTime(1),
                              "fourth",
                              "ballots",
                              std::nullopt,
                              "product",
                              "1/10",
                              "cryptorandom",
                              std::nullopt,
                              election::LevelId("region"),
                              1,
                              {}}),
          encode(SeedDrawn{ClaimedTime(1), EntryIndex(3), "20310504"}),
          encode(AuditDrawn{ClaimedTime(1), 40, EntryIndex(3)}),
          encode(AuditFound{ClaimedTime(1),
                            "a",
                            {},
                            *Votes::from(1),
                            0,
                            EntryIndex(3),
                            "04",
                            *Votes::from(5),
                            {*Votes::from(2), *Votes::from(3)}}),
          encode(AuditFound{ClaimedTime(1), "a", {}, {}, 2, EntryIndex(3), "04", {}, {}, false}),
          encode(QuickCountPlanned{ClaimedTime(1), "night", election::LevelId("state"), 60}),
          encode(ReturnsImported{ClaimedTime(1), EntryIndex(1), EntryIndex(2),
                                 election::SourceId("s"), 3, 2, 1}),
          encode(ReturnsImported{ClaimedTime(1), EntryIndex(1), std::nullopt,
                                 election::SourceId("s"), 3, 2, 1}),
          encode(UnitNamed{EntryIndex(3), election::LevelId("state"), "Mérida \"x\"",
                           election::UnitId("12")}),
          encode(transcribed),
          encode(silent),
          encode(RowRefused{"bad-number", "EG", EntryIndex(3), 9}),
          encode(ClaimMade{ClaimedTime(1), election::ClaimId("c"), EntryIndex(4)}),
          encode(ResultStated{ClaimedTime(1), "scrutineer.result/1", some_digest(), 7}),
          encode(ForensicsPlan{ClaimedTime(1),
                               {{EntryIndex(1), std::nullopt, EntryIndex(2)},
                                {EntryIndex(1), EntryIndex(3), EntryIndex(4)}},
                               "a seed",
                               {"ties", "homogeneity"}}),
          encode(KeyRotated{ClaimedTime(1), "o", "o+1+b", {}, "o+1+a", {}}),
          encode(KeyRevoked{ClaimedTime(1),
                            EntryIndex(7),
                            "o+1+a",
                            "o",
                            NextKey{"o+1+b", {}},
                            {{"one", {}}, {"two", {}}}}),
          encode(KeyRevoked{ClaimedTime(1), EntryIndex(7), "ana+1+a", "o", std::nullopt, {}}),
          encode(LogSealed{ClaimedTime(1), 8}),
          encode(PictureWithheld{ClaimedTime(1), EntryIndex(3), WithheldFor::personal_safety}),
          encode(EvidenceReceived{ClaimedTime(1), EvidenceKind::definition, some_digest(), 12}),
          encode(read),
          encode(PictureUnread{ClaimedTime(1), EntryIndex(3), std::nullopt, {}, "not-a-picture"}),
          encode(PictureUnread{ClaimedTime(1),
                               EntryIndex(3),
                               likeness::Fingerprint{{1, 2, 3, 4}},
                               {{"PSUV", 870, 923, {{137, 900'000}, {131, 90'000}}},
                                {"valid", 870, 950, {{400, 1'000'000}}}},
                               "code-unreadable"})};
}

bool decodes(const std::string& bytes) {
  canon::Document scratch;
  const auto entry = decode(bytes, scratch);
  return entry && !std::holds_alternative<Unknown>(*entry);
}

TEST(Entry, OfEveryKindComesBackToTheSameBytes) {
  std::set<std::size_t> kinds;
  for (const std::string& bytes : one_of_each()) {
    canon::Document scratch;
    const auto entry = decode(bytes, scratch);
    ASSERT_TRUE(entry) << bytes << to_string(entry.error());
    kinds.insert(entry->index());
    std::visit(
        [&](const auto& fact) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(fact)>, Unknown>)
            EXPECT_EQ(encode(fact), bytes);
        },
        *entry);
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<Entry> - 1) << "one of each kind";
}

TEST(Entry, CutAnywhereIsRefused) {
  for (const std::string& bytes : one_of_each()) {
    for (std::size_t size = 0; size < bytes.size(); ++size)
      EXPECT_FALSE(decodes(bytes.substr(0, size)));
  }
}

TEST(Entry, WithAKeyTooManyOrTooFewIsRefused) {
  for (const std::string& bytes : one_of_each()) {
    std::string more = bytes;
    more.insert(more.size() - 1, ",\"zz\":1");
    EXPECT_FALSE(decodes(more)) << more;
    const std::size_t comma =
        bytes.find(',', bytes.find("]") == std::string::npos ? 0 : bytes.rfind(']'));
    if (comma == std::string::npos) continue;
    EXPECT_FALSE(decodes("{" + bytes.substr(comma + 1))) << bytes;
  }
}

TEST(Entry, OfAPlanNamesDifferentTestsAndASeed) {
  const auto plan = [](const std::string& past, const std::string& seed, const std::string& tests) {
    return "{\"at\":1,\"past\":" + past + ",\"seed\":\"" + seed +
           "\",\"t\":\"scrutineer/forensics.plan/v1\",\"tests\":" + tests + "}";
  };
  EXPECT_TRUE(decodes(plan("[]", "s", "[\"ties\"]")));
  EXPECT_TRUE(decodes(plan("[[1,2],[1,2,3]]", "s", "[\"ties\"]")));
  EXPECT_FALSE(decodes(plan("[]", "s", "[]")));
  EXPECT_FALSE(decodes(plan("[]", "s", "[\"ties\",\"ties\"]")));
  EXPECT_FALSE(decodes(plan("[]", "", "[\"ties\"]")));
  EXPECT_FALSE(decodes(plan("[]", std::string(201, 's'), "[\"ties\"]")));
  EXPECT_FALSE(decodes(plan("[[1]]", "s", "[\"ties\"]")));
  EXPECT_FALSE(decodes(plan("[[1,2,3,4]]", "s", "[\"ties\"]")));
  EXPECT_FALSE(decodes(plan("[[1,-2]]", "s", "[\"ties\"]")));
}

TEST(Entry, OfALaterProgramIsUnknownAndNotAnError) {
  canon::Document scratch;
  const auto entry = decode(R"({"new":[1],"t":"scrutineer/of.tomorrow/v9"})", scratch);
  ASSERT_TRUE(entry);
  EXPECT_EQ(std::get<Unknown>(*entry).type, "scrutineer/of.tomorrow/v9");
  EXPECT_FALSE(decode(R"({"new":[1]})", scratch));
  EXPECT_FALSE(decode(R"([1])", scratch));
}

TEST(Entry, WithAFieldOfTheWrongKindIsRefused) {
  for (
      const char* bad :
      {R"({"at":"1","claim":"c","evidence":4,"t":"scrutineer/claim.made/v1"})",
       R"({"at":1,"claim":3,"evidence":4,"t":"scrutineer/claim.made/v1"})",
       R"({"at":1,"kind":"photo","sha256":"00","size":1,"t":"scrutineer/evidence.received/v1"})",
       R"({"at":1,"election":"e","files":[["a"]],"origin":"o","program":"p","t":"scrutineer/log.genesis/v1"})"}) {
    EXPECT_FALSE(decodes(bad)) << bad;
  }
}

election::Definition venezuela() {
  std::ifstream file(SCR_SOURCE_DIR "/elections/ve-2024/election.toml", std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return *election::parse_definition(text.str());
}

TEST(ParseClaim, ReadsTheBulletinsOf2024) {
  const auto definition = venezuela();
  for (const char* name : {"1", "2"}) {
    std::ifstream file(
        SCR_SOURCE_DIR "/elections/ve-2024/claims/cne-bulletin-" + std::string(name) + ".toml",
        std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    const auto claim = parse_claim(text.str(), definition);
    ASSERT_TRUE(claim) << to_string(claim.error());
    EXPECT_EQ(claim->votes[0].label, "EG") << "in the definition's order";
    if (*name == '1') {
      EXPECT_EQ(claim->announced, "2024-07-29T00:09:00-04:00");
      ASSERT_EQ(claim->votes.size(), 3u);
      EXPECT_EQ(claim->votes[2].label, "others");
      EXPECT_EQ(claim->votes[2].options.size(), 8u);
      EXPECT_EQ(claim->tables_percent->value(), Fraction(80));
      EXPECT_EQ(claim->tables_percent->half_a_unit(), Fraction::of(1, 2));
    } else {
      EXPECT_EQ(claim->votes.size(), 10u);
      EXPECT_EQ(claim->null->count(), 50785);
      EXPECT_EQ(claim->turnout_percent->half_a_unit(), Fraction::of(1, 200));
    }
  }
}

TEST(KeyRevoked, NamesEachGuardianOnceInOneOrder) {
  const auto with = [](std::vector<GuardianSignature> signatures) {
    return encode(KeyRevoked{ClaimedTime(1), EntryIndex(7), "k", "o", std::nullopt, signatures});
  };
  EXPECT_TRUE(decodes(with({{"a", {}}, {"b", {}}})));
  EXPECT_FALSE(decodes(with({{"b", {}}, {"a", {}}})));
  EXPECT_FALSE(decodes(with({{"a", {}}, {"a", {}}})));
}

TEST(KeyEntries, AreSignedWithoutTheirSignatures) {
  KeyRotated rotated{ClaimedTime(1), "o", "b", {}, "a", {}};
  const std::string said = signed_bytes(rotated);
  EXPECT_EQ(said,
            "scrutineer/entry/v1\n"
            "{\"at\":1,\"log\":\"o\",\"next\":\"b\",\"old\":\"a\",\"t\":\"scrutineer/"
            "key.rotated/v1\"}");
  rotated.signature.fill(std::byte{1});
  rotated.next_signature.fill(std::byte{2});
  EXPECT_EQ(signed_bytes(rotated), said);
}

TEST(ParseClaim, SaysWhatIsWrong) {
  const auto definition = venezuela();
  for (const char* bad :
       {"", "id = \"c\"\n", "id = \"c\"\nby = \"x\"\n", "id = \"C d\"\nby = \"x\"\nvalid = 1\n",
        "id = \"c\"\nby = \"x\"\nvalid = -1\n", "id = \"c\"\nby = \"x\"\nvalid = 1.5\n",
        "id = \"c\"\nby = \"x\"\ncolour = 1\nvalid = 1\n",
        "id = \"c\"\nby = \"x\"\n[votes]\nXX = 1\n",
        "id = \"c\"\nby = \"x\"\n[percent]\nEG = 51.2\n",
        "id = \"c\"\nby = \"x\"\n[percent]\nEG = \"151\"\n",
        "id = \"c\"\nby = \"x\"\ntables = 3\ntables_percent = \"80\"\nvalid = 1\n",
        "id = \"c\"\nby = \"x\"\nannounced = \"9 pm\"\nvalid = 1\n",
        "id = \"c\"\nby = \"x\"\nannounced = 2024-07-29T00:09:00\nvalid = 1\n",
        "id = \"c\"\nby = \"x\\u0007\"\nvalid = 1\n"}) {
    const auto claim = parse_claim(bad, definition);
    ASSERT_FALSE(claim) << bad;
    EXPECT_EQ(claim.error().code, ErrorCode::bad_input);
    EXPECT_FALSE(claim.error().what.empty());
  }
}

}  // namespace
}  // namespace scr::entry
