// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "derive/keys.h"
#include "derive/record_state.h"

namespace scr::derive {
namespace {

constexpr const char* kOrigin = "log.example";

note::Signer key_of(const char* name, std::uint8_t n) {
  std::array<std::byte, 32> seed{};
  seed.fill(static_cast<std::byte>(n));
  return note::Signer(*note::KeyName::from(name), note::Seed(seed));
}
note::Signer log_key(std::uint8_t n) {
  return key_of(kOrigin, n);
}

// A log with two guardians, both needed, and a picture that two people approve, entry by entry.
class KeyLog {
 public:
  KeyLog() {
    std::ifstream file(SCR_SOURCE_DIR "/elections/made-up/election.toml", std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf() << "\n[guardians]\nneeded = 2\nkeys = [\""
         << key_of("g1", 101).vkey().text() << "\", \"" << key_of("g2", 102).vkey().text()
         << "\"]\n";
    std::ifstream roster(SCR_SOURCE_DIR "/elections/made-up/roster.csv", std::ios::binary);
    std::ostringstream stations;
    stations << roster.rdbuf();
    files_ = {{"election.toml", text.str()}, {"roster.csv", stations.str()}};
    std::vector<entry::DefinitionFile> named;
    for (const auto& [name, bytes] : files_) named.push_back({name, sha256(bytes_of(bytes))});
    say(encode(entry::Genesis{entry::ClaimedTime(1), "made-up", named, kOrigin, "p"}));
  }

  entry::EntryIndex say(std::string bytes) {
    entries_.push_back(std::move(bytes));
    return entry::EntryIndex(entries_.size() - 1);
  }
  std::uint64_t size() const { return entries_.size(); }
  const std::vector<std::string>& entries() const { return entries_; }
  // Some entry that counts.
  entry::EntryIndex say_something() {
    return say(encode(entry::EvidenceReceived{entry::ClaimedTime(1), entry::EvidenceKind::picture,
                                              sha256(bytes_of(std::to_string(size()))), 7}));
  }

  static entry::KeyRotated rotated(const note::Signer& old, const note::Signer& next) {
    entry::KeyRotated said{entry::ClaimedTime(1), kOrigin, next.vkey().text(), {},
                           old.vkey().text(),     {}};
    const std::string bytes = signed_bytes(said);
    said.signature = old.sign_message(bytes_of(bytes));
    said.next_signature = next.sign_message(bytes_of(bytes));
    return said;
  }
  static entry::KeyRevoked revoked(const note::Signer& key, std::uint64_t from,
                                   const note::Signer* next, int guardians = 2) {
    entry::KeyRevoked said{entry::ClaimedTime(1), entry::EntryIndex(from),
                           key.vkey().text(),     kOrigin,
                           std::nullopt,          {}};
    if (next) said.next = entry::NextKey{next->vkey().text(), {}};
    const std::string bytes = signed_bytes(said);
    if (next) said.next->signature = next->sign_message(bytes_of(bytes));
    for (int i = 1; i <= guardians; ++i) {
      const std::string name = "g" + std::to_string(i);
      const auto guardian = key_of(name.c_str(), static_cast<std::uint8_t>(100 + i));
      said.signatures.push_back({name, guardian.sign_message(bytes_of(bytes))});
    }
    return said;
  }
  void rotate(const note::Signer& old, const note::Signer& next) {
    say(encode(rotated(old, next)));
  }

  RecordState state() const {
    const std::vector<std::string_view> views(entries_.begin(), entries_.end());
    return *fold_entries(files_, views);
  }
  std::vector<std::string> disregarded() const {
    std::vector<std::string> all;
    for (const Disregarded& one : state().disregarded) all.push_back(one.why);
    return all;
  }
  // The key that checkpoints of this size are signed with; "" if the log never said so.
  std::string key_at(std::uint64_t size) const {
    const RecordState now = state();
    const LogKey* key = log_key_at(now.log_keys, size);
    return key ? key->key.text() : "";
  }

 private:
  FilesByName files_;
  std::vector<std::string> entries_;
};

TEST(LogKeys, ChangeWithTheEntryThatSaysSo) {
  KeyLog log;
  EXPECT_EQ(log.key_at(1), "");
  log.rotate(log_key(1), log_key(2));
  log.say_something();
  log.rotate(log_key(2), log_key(3));
  EXPECT_EQ(log.key_at(0), log_key(1).vkey().text());
  EXPECT_EQ(log.key_at(1), log_key(1).vkey().text());
  EXPECT_EQ(log.key_at(2), log_key(2).vkey().text());
  EXPECT_EQ(log.key_at(3), log_key(2).vkey().text());
  EXPECT_EQ(log.key_at(4), log_key(3).vkey().text());
  EXPECT_TRUE(log.disregarded().empty());
}

TEST(LogKeys, AreNotChangedByWhoeverHoldsAnotherKey) {
  KeyLog log;
  log.rotate(log_key(1), log_key(2));
  entry::KeyRotated by_the_new = KeyLog::rotated(log_key(2), log_key(4));
  by_the_new.signature = by_the_new.next_signature;
  log.say(encode(by_the_new));
  entry::KeyRotated unproved = KeyLog::rotated(log_key(2), log_key(4));
  unproved.next_signature = unproved.signature;
  log.say(encode(unproved));
  entry::KeyRotated elsewhere = KeyLog::rotated(log_key(2), log_key(4));
  elsewhere.log = "another.example";
  log.say(encode(elsewhere));
  log.rotate(log_key(1), log_key(4));
  log.rotate(log_key(3), log_key(4));
  log.rotate(log_key(2), key_of("other.example", 4));
  EXPECT_EQ(log.disregarded().size(), 6u);
  EXPECT_EQ(log.key_at(log.size()), log_key(2).vkey().text());
}

TEST(LogKeys, DoNotComeBackByAReplayOrOtherwise) {
  KeyLog log;
  log.rotate(log_key(1), log_key(2));
  log.say(log.entries().back());
  log.rotate(log_key(2), log_key(1));
  EXPECT_EQ(log.disregarded().size(), 2u);
  EXPECT_EQ(log.key_at(log.size()), log_key(2).vkey().text());
}

TEST(LogKeys, DeclaredBadTakeWithThemWhatTheySignedFromThereOn) {
  KeyLog log;
  log.say_something();
  const std::uint64_t from = log.size();
  log.say_something();
  log.rotate(log_key(1), log_key(66));  // the thief's
  log.say_something();
  const note::Signer next = log_key(2);
  const auto by = log.say(encode(KeyLog::revoked(log_key(1), from, &next)));
  log.say_something();
  const RecordState state = log.state();
  EXPECT_EQ(state.evidence.size(), 2u) << "the one before, and the one after";
  ASSERT_EQ(state.voided.size(), 1u);
  EXPECT_EQ(state.voided[0], (Voided{entry::EntryIndex(from), by, ""}));
  EXPECT_TRUE(state.disregarded.empty());
  EXPECT_EQ(log.key_at(from), log_key(1).vkey().text());
  EXPECT_EQ(log.key_at(log.size()), next.vkey().text());
  EXPECT_FALSE(is_void_size(state.voided, from));
  EXPECT_TRUE(is_void_size(state.voided, from + 1));
  EXPECT_TRUE(is_void_size(state.voided, by.value()));
  EXPECT_FALSE(is_void_size(state.voided, by.value() + 1));
}

TEST(LogKeys, AreDeclaredBadEvenIfTheThiefSaidWithWhichOneTheLogBegan) {
  KeyLog log;
  const std::uint64_t from = log.size();
  log.rotate(log_key(66), log_key(67));
  const note::Signer next = log_key(2);
  log.say(encode(KeyLog::revoked(log_key(1), from, &next)));
  EXPECT_TRUE(log.disregarded().empty());
  EXPECT_EQ(log.key_at(0), log_key(1).vkey().text());
}

TEST(LogKeys, AreDeclaredBadByTheGuardiansAndNobodyElse) {
  KeyLog log;
  log.say_something();
  const note::Signer next = log_key(2);
  log.say(encode(KeyLog::revoked(log_key(1), 1, &next, 1)));
  entry::KeyRevoked forged = KeyLog::revoked(log_key(1), 1, &next);
  forged.signatures[1].signature = forged.signatures[0].signature;
  log.say(encode(forged));
  entry::KeyRevoked stranger = KeyLog::revoked(log_key(1), 1, &next);
  stranger.signatures[1].name = "g3";
  log.say(encode(stranger));
  entry::KeyRevoked earlier = KeyLog::revoked(log_key(1), 2, &next);
  earlier.from = entry::EntryIndex(1);
  log.say(encode(earlier));
  log.say(encode(KeyLog::revoked(log_key(1), 1, nullptr)));
  log.say(encode(KeyLog::revoked(log_key(1), 0, &next)));
  log.say(encode(KeyLog::revoked(log_key(1), 99, &next)));
  EXPECT_EQ(log.disregarded().size(), 7u);
  EXPECT_TRUE(log.state().voided.empty());
  EXPECT_EQ(log.state().evidence.size(), 1u);
}

TEST(LogKeys, ThatTheLogDidNotHaveCannotBeDeclaredBad) {
  KeyLog log;
  log.rotate(log_key(1), log_key(2));
  const note::Signer next = log_key(3);
  log.say(encode(KeyLog::revoked(log_key(9), 2, &next)));
  log.say(encode(KeyLog::revoked(log_key(1), 2, &next)));  // was replaced by then
  EXPECT_EQ(log.disregarded().size(), 2u);
}

TEST(LogKeys, AreDeclaredBadOnceOnly) {
  KeyLog log;
  log.say_something();
  const note::Signer next = log_key(2);
  log.say(encode(KeyLog::revoked(log_key(1), 1, &next)));
  log.say(log.entries().back());
  EXPECT_EQ(log.disregarded().size(), 1u);
  const note::Signer third = log_key(3);
  log.say(encode(KeyLog::revoked(next, log.size(), &third)));
  EXPECT_EQ(log.disregarded().size(), 1u) << "the one that followed may be stolen too";
  EXPECT_EQ(log.key_at(log.size()), third.vkey().text());
}

TEST(PersonKeys, AreReplacedForTheSamePersonAndCountOnce) {
  KeyLog log;
  const note::Signer old = key_of("ana", 1);
  const note::Signer next = key_of("ana", 2);
  log.say(encode(entry::PersonNamed{entry::ClaimedTime(2), old.vkey().text()}));
  log.rotate(old, next);
  log.say(encode(entry::PersonNamed{entry::ClaimedTime(2), key_of("eva", 1).vkey().text()}));
  const RecordState state = log.state();
  ASSERT_EQ(state.people.size(), 1u);
  EXPECT_EQ(state.people[0].key, next.vkey());
  EXPECT_EQ(state.disregarded.size(), 1u) << "the old key is nobody's again";
}

// Two people and a picture; what both approve is shown.
class ApprovedPicture : public KeyLog {
 public:
  ApprovedPicture() {
    say_something();
    commitment = say(encode(entry::PictureCommitted{
        entry::ClaimedTime(1), cells::Commitment{cells::Kind::jpeg, 50, Digest()},
        entry::EntryIndex(1), Digest()}));
    for (const note::Signer* one : {&ana, &luis})
      say(encode(entry::PersonNamed{entry::ClaimedTime(2), one->vkey().text()}));
  }
  entry::EntryIndex approve(const note::Signer& who, const char* mask) {
    entry::RedactionApproved approved{entry::ClaimedTime(2 + size()),  // each later than the last
                                      who.vkey().name().value(),      commitment, kOrigin,
                                      *cells::Mask::parse(mask),      {}};
    const std::string said = signed_bytes(approved);
    approved.signature = who.sign_message(bytes_of(said));
    return say(encode(approved));
  }
  std::string approved() const {
    const RecordState now = state();
    const cells::Mask* mask = now.committed.front().approved();
    return mask ? mask->text() : "";
  }

  note::Signer ana = key_of("ana", 1);
  note::Signer luis = key_of("luis", 2);
  entry::EntryIndex commitment;
};

TEST(PersonKeys, DeclaredBadTakeWithThemWhatTheyApprovedFromThereOn) {
  ApprovedPicture log;
  log.approve(log.ana, "3-4");
  log.approve(log.luis, "3-4");
  const auto from = log.approve(log.luis, "3");  // whoever stole it hides less
  log.approve(log.ana, "3");
  EXPECT_EQ(log.approved(), "3");
  log.approve(log.ana, "3-4");
  log.say(encode(KeyLog::revoked(log.luis, from.value(), nullptr)));
  EXPECT_EQ(log.approved(), "3-4") << "what both said before stands again";
  log.approve(log.luis, "3-4");
  EXPECT_EQ(log.disregarded().size(), 1u) << "nothing more is approved with it";
  EXPECT_EQ(log.state().voided.front().person, "luis");
}

TEST(Seal, EndsTheLogAndWhatComesLaterIsNamed) {
  KeyLog log;
  log.say_something();
  log.say(encode(entry::LogSealed{entry::ClaimedTime(1), 7}));
  const auto seal = log.say(encode(entry::LogSealed{entry::ClaimedTime(1), log.size()}));
  log.say_something();
  log.say("{\"t\":\"scrutineer/of.tomorrow/v9\"}");
  log.rotate(log_key(1), log_key(2));
  const RecordState state = log.state();
  EXPECT_EQ(state.sealed, seal);
  EXPECT_EQ(state.evidence.size(), 1u);
  ASSERT_EQ(state.disregarded.size(), 4u) << "a seal of another size, and the three behind it";
  for (const Disregarded& one : state.disregarded) EXPECT_FALSE(one.unknown_type);
}

TEST(Seal, ByAThiefIsBrokenByTheGuardians) {
  KeyLog log;
  log.say_something();
  const std::uint64_t from = log.size();
  log.say(encode(entry::LogSealed{entry::ClaimedTime(1), log.size()}));
  const note::Signer next = log_key(2);
  log.say(encode(KeyLog::revoked(log_key(1), from + 1, &next)));
  EXPECT_EQ(log.disregarded().size(), 1u) << "of what comes after the end nothing can be said";
  log.say(encode(KeyLog::revoked(log_key(1), from, &next)));
  log.say_something();
  const RecordState state = log.state();
  EXPECT_FALSE(state.sealed);
  EXPECT_EQ(state.evidence.size(), 2u);
  EXPECT_TRUE(state.disregarded.empty()) << "the first attempt lies in what is void";
}

TEST(WithheldPicture, IsNotShownWhateverIsApproved) {
  ApprovedPicture log;
  log.approve(log.ana, "3-4");
  log.approve(log.luis, "3-4");
  log.say(encode(entry::PictureWithheld{entry::ClaimedTime(1), entry::EntryIndex(1),
                                        entry::WithheldFor::court_order}));
  log.approve(log.ana, "3-4");
  EXPECT_EQ(log.approved(), "");
  log.say(encode(entry::PictureWithheld{entry::ClaimedTime(1), entry::EntryIndex(1),
                                        entry::WithheldFor::court_order}));
  log.say(encode(entry::PictureWithheld{entry::ClaimedTime(1), entry::EntryIndex(2),
                                        entry::WithheldFor::court_order}));
  EXPECT_EQ(log.disregarded().size(), 2u) << "twice, and what is no picture";
}

}  // namespace
}  // namespace scr::derive
