// SPDX-License-Identifier: Apache-2.0
#include "note/signed_note.h"

#include <gtest/gtest.h>

#include "note/vectors_testing.h"

namespace scr::note {
namespace {

Result<Verified> open_text(std::string_view note, std::span<const Vkey> keys) {
  SCR_TRY(unverified, Unverified::parse(note));
  return open(unverified, keys);
}

// A case of notes_must_reject may be text, hex, or a line many times over.
std::string note_of(const Known& c) {
  if (c.contains("note")) return c["note"].get<std::string>();
  if (c.contains("note_hex")) return std::string(text_of(hex(c["note_hex"])));
  std::string note = c["note_prefix"].get<std::string>();
  for (int i = 0; i < c["repeat_sigline"].get<int>(); ++i) note += c["sigline"].get<std::string>();
  return note;
}

Known go_example() {
  return vectors()["notes_valid"][2];
}

TEST(Note, OpensEveryKnownGoodNoteWithEachOfItsKeys) {
  const auto& notes = vectors()["notes_valid"];
  ASSERT_EQ(notes.size(), 9u);
  for (const auto& n : notes) {
    const auto text = n["note"].get<std::string>();
    const auto all = vkeys(n["vkeys"]);
    const auto verified = open_text(text, all);
    ASSERT_TRUE(verified) << n["name"] << to_string(verified.error());
    EXPECT_EQ(verified->signatures().size(), all.size()) << n["name"];
    for (const Vkey& one : all) EXPECT_TRUE(open_text(text, {&one, 1})) << n["name"];
    EXPECT_EQ(Unverified::parse(text)->print(), text) << n["name"];
  }
}

TEST(Note, RefusesEveryKnownBadNote) {
  const auto& bad = vectors()["notes_must_reject"];
  const Vkey key = Vkey::parse(bad["vkey"].get<std::string>()).value();
  ASSERT_EQ(bad["cases"].size(), 14u);
  for (const auto& c : bad["cases"]) {
    EXPECT_FALSE(open_text(note_of(c), {&key, 1})) << c["why"];
  }
}

TEST(Note, SignedAgainIsTheSameByteForByte) {
  int signed_again = 0;
  for (const auto& n : vectors()["notes_valid"]) {
    if (!n.contains("skey") && !n.contains("seed_hex")) continue;
    const auto key = vkeys(n["vkeys"]).back();
    const auto signer = n.contains("skey")
                            ? Signer::parse(n["skey"].get<std::string>()).value()
                            : Signer(key.name(), Seed(hex(n["seed_hex"])), key.type());
    EXPECT_EQ(signer.vkey(), key) << n["name"];
    const auto note = Unverified::parse(n["note"].get<std::string>()).value();
    EXPECT_EQ(signer.sign(note.text()), note.signatures().back().text()) << n["name"];
    ++signed_again;
  }
  EXPECT_EQ(signed_again, 3);
}

TEST(Note, SignsWithSeveralKeysAtOnce) {
  const auto n = Unverified::parse(go_example()["note"].get<std::string>()).value();
  const std::string lines[] = {n.signatures()[0].text(), n.signatures()[1].text()};
  EXPECT_EQ(sign_note(n.text(), lines), n.print());
}

TEST(NoteDeathTest, SignsNothingThatIsNotANoteText) {
  const std::string line[] = {"line\n"};
  EXPECT_DEATH((void)sign_note("no newline", line), "");
  EXPECT_DEATH((void)sign_note("tab\there\n", line), "");
  EXPECT_DEATH((void)sign_note("text\n", {}), "");
}

TEST(Note, CutAnywhereIsRefused) {
  for (const auto& n : vectors()["notes_valid"]) {
    const auto text = n["note"].get<std::string>();
    const auto keys = vkeys(n["vkeys"]);
    for (std::size_t length = 0; length < text.size(); ++length) {
      const auto cut = open_text(text.substr(0, length), keys);
      if (!cut) continue;
      // A note cut between two of its lines is a note with fewer signatures.
      EXPECT_LT(cut->signatures().size(), keys.size()) << n["name"] << length;
      EXPECT_EQ(text[length - 1], '\n');
    }
  }
}

// In a note with one signature by the only known key, no byte may change: the text is signed, and
// every part of the line is needed to match the key.
TEST(Note, WithAnyByteChangedIsRefused) {
  for (std::size_t which : {0u, 1u, 3u, 5u, 7u}) {
    const auto& n = vectors()["notes_valid"][which];
    const auto keys = vkeys(n["vkeys"]);
    const auto text = n["note"].get<std::string>();
    for (std::size_t i = 0; i < text.size(); ++i) {
      for (int bit = 0; bit < 8; ++bit) {
        std::string changed = text;
        changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
        EXPECT_FALSE(open_text(changed, keys)) << n["name"] << " byte " << i << " bit " << bit;
      }
    }
  }
}

TEST(Note, MayHoldLinesByKeysThatAreNotKnown) {
  const auto n = vectors()["notes_valid"][6];  // a log of type 0x05, then a witness
  const auto verified = open_text(n["note"].get<std::string>(), vkeys(n["vkeys"])).value();
  ASSERT_EQ(verified.signatures().size(), 1u);
  EXPECT_EQ(verified.signatures()[0].line, 1u);
  EXPECT_EQ(verified.signatures()[0].time, n["cosignature_time"].get<std::uint64_t>());
}

TEST(Note, KeepsTheFirstOfTwoLinesByOneKey) {
  const auto& n = vectors()["notes_valid"][1];
  const auto once = Unverified::parse(n["note"].get<std::string>()).value();
  SignatureLine bad = once.signatures()[0];
  bad.payload[0] ^= std::byte{1};
  const auto keys = vkeys(n["vkeys"]);
  const auto good_first = open_text(once.print() + bad.text(), keys);
  ASSERT_TRUE(good_first);
  EXPECT_EQ(good_first->signatures().size(), 1u);
  const std::string lines[] = {bad.text(), once.signatures()[0].text()};
  const auto bad_first = open_text(sign_note(once.text(), lines), keys);
  ASSERT_FALSE(bad_first);
  EXPECT_EQ(bad_first.error().code, ErrorCode::untrusted);
}

TEST(Note, AcceptsAHundredLines) {
  const auto& n = vectors()["notes_valid"][1];
  std::string note = n["note"].get<std::string>();
  const std::string line = Unverified::parse(note)->signatures()[0].text();
  for (int i = 1; i < 100; ++i) note += line;
  EXPECT_TRUE(open_text(note, vkeys(n["vkeys"])));
  EXPECT_FALSE(open_text(note + line, vkeys(n["vkeys"])));
}

TEST(Note, OverAMebibyteIsRefused) {
  const auto& n = vectors()["notes_valid"][1];
  const auto signer = Signer::parse(n["skey"].get<std::string>()).value();
  const std::size_t below = signer.sign("\n").size() + 2;  // line, blank line, LF of the text
  const auto note_with = [&](std::size_t letters) {
    const std::string text = std::string(letters, 'a') + '\n';
    const std::string line[] = {signer.sign(text)};
    return sign_note(text, line);
  };
  ASSERT_EQ(note_with(kMaxNoteBytes - below).size(), kMaxNoteBytes);
  EXPECT_TRUE(open_text(note_with(kMaxNoteBytes - below), {&signer.vkey(), 1}));
  EXPECT_FALSE(open_text(note_with(kMaxNoteBytes - below + 1), {&signer.vkey(), 1}));
}

TEST(Note, SplitsAtTheLastBlankLine) {
  const auto& n = vectors()["notes_valid"][1];
  const auto signer = Signer::parse(n["skey"].get<std::string>()).value();
  const std::string text = "one\n\ntwo\n\nthree\n";
  const std::string line[] = {signer.sign(text)};
  const auto verified = open_text(sign_note(text, line), {&signer.vkey(), 1});
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->text(), text);
}

TEST(Note, IsRefusedIfTwoKnownKeysHaveOneNameAndId) {
  const auto both = twins();
  ASSERT_EQ(both[0].vkey().id(), both[1].vkey().id());
  ASSERT_NE(both[0].vkey().key(), both[1].vkey().key());
  const std::string line[] = {both[0].sign("text\n")};
  const Vkey keys[] = {both[0].vkey(), both[1].vkey()};
  const auto opened = open_text(sign_note("text\n", line), keys);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::conflict);
  EXPECT_TRUE(open_text(sign_note("text\n", line), {keys, 1}));
  EXPECT_FALSE(open_text(sign_note("text\n", line), {keys + 1, 1}));
}

TEST(Note, GivenOneKeyTwiceCountsItOnce) {
  const auto& n = vectors()["notes_valid"][1];
  const auto key = vkeys(n["vkeys"])[0];
  const Vkey twice[] = {key, key};
  const auto verified = open_text(n["note"].get<std::string>(), twice);
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->signatures().size(), 1u);
}

}  // namespace
}  // namespace scr::note
