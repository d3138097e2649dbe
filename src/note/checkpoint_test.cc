// SPDX-License-Identifier: Apache-2.0
#include "note/checkpoint.h"

#include <gtest/gtest.h>

#include "note/vectors_testing.h"

namespace scr::note {
namespace {

Known tessera() {
  return vectors()["tessera_log15"];
}
Vkey tessera_key() {
  return Vkey::parse(tessera()["vkey"].get<std::string>()).value();
}
Signer tessera_signer() {
  return Signer::parse(tessera()["skey"].get<std::string>()).value();
}
std::string checkpoint_of_size(std::size_t size) {
  return tessera()["checkpoints"][size].get<std::string>();
}

std::string signed_text(const std::string& text) {
  const std::string line[] = {tessera_signer().sign(text)};
  return sign_note(text, line);
}

TEST(Checkpoint, OfTesseraSignedAgainIsTheSameByteForByte) {
  const Signer signer = tessera_signer();
  ASSERT_EQ(tessera()["checkpoints"].size(), 16u);
  for (std::uint64_t size = 0; size < 16; ++size) {
    const std::string note = checkpoint_of_size(size);
    const auto checkpoint = open_checkpoint(note, tessera_key());
    ASSERT_TRUE(checkpoint) << size << to_string(checkpoint.error());
    EXPECT_EQ(checkpoint->tree_size, size);
    EXPECT_EQ(checkpoint->origin, "example.com/log/testdata");
    EXPECT_EQ(sign_checkpoint(*checkpoint, signer), note);
  }
}

TEST(Checkpoint, MayHaveAnOriginThatIsNotTheNameOfTheKey) {
  const auto& n = vectors()["notes_valid"][3];  // Go's checksum database
  const auto note = n["note"].get<std::string>();
  const auto keys = vkeys(n["vkeys"]);
  const auto opened = open_checkpoint_of("go.sum database tree", note, keys);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->checkpoint.tree_size, 35225469u);
  EXPECT_EQ(opened->checkpoint.text(), opened->note.text());
  EXPECT_EQ(open_checkpoint(note, keys[0]).error().code, ErrorCode::conflict);
}

TEST(Checkpoint, CosignedButNotSignedByTheLogIsUntrusted) {
  const auto& n = vectors()["notes_valid"][7];
  const auto opened = open_checkpoint_of("milan2026h1.example.org", n["note"].get<std::string>(),
                                         vkeys(n["vkeys"]));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::untrusted);
}

TEST(Checkpoint, CutAnywhereOrWithAnyByteChangedIsRefused) {
  const std::string note = checkpoint_of_size(7);
  for (std::size_t i = 0; i < note.size(); ++i) {
    EXPECT_FALSE(open_checkpoint(note.substr(0, i), tessera_key()));
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = note;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      EXPECT_FALSE(open_checkpoint(changed, tessera_key())) << i << ' ' << bit;
    }
  }
}

TEST(Checkpoint, TextThatIsNotStrictIsRefused) {
  const std::string root = "IrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7U=\n";
  ASSERT_TRUE(parse_checkpoint_unverified("a\n7\n" + root));
  for (const std::string& bad :
       {std::string(), std::string("a\n7\n"), "\n7\n" + root, "a\n07\n" + root, "a\n+7\n" + root,
        "a\n-7\n" + root, "a\n 7\n" + root, "a\n7 \n" + root, "a\n\n" + root, "a\nseven\n" + root,
        "a\n18446744073709551616\n" + root, "a\n7\n" + root.substr(4), "a\n7\n\n" + root,
        "a\n7\n" + root + "\n", "a\n7\n" + root + "x", "a\r\n7\n" + root,
        std::string("a\n7\nIrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7V=\n"),  // trailing bits
        std::string("a\n7\nIrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7U\n")}) {
    EXPECT_FALSE(parse_checkpoint_unverified(bad)) << bad;
  }
  EXPECT_TRUE(parse_checkpoint_unverified("a\n18446744073709551615\n" + root));
}

TEST(Checkpoint, WithExtensionLinesIsReadButNotTakenForOurs) {
  const std::string text =
      "example.com/log/testdata\n7\n"
      "IrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7U=\nmore\nand more\n";
  const Vkey key = tessera_key();
  const auto opened = open_checkpoint_of(key.name().value(), signed_text(text), {&key, 1});
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->checkpoint.extensions, (std::vector<std::string>{"more", "and more"}));
  EXPECT_EQ(opened->checkpoint.text(), text);
  EXPECT_EQ(open_checkpoint(signed_text(text), key).error().code, ErrorCode::bad_input);
}

TEST(Checkpoint, OfSizeZeroHasTheRootOfTheEmptyTree) {
  const std::string text =
      "example.com/log/testdata\n0\nIrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7U=\n";
  EXPECT_EQ(open_checkpoint(signed_text(text), tessera_key()).error().code, ErrorCode::untrusted);
}

TEST(CheckpointDeathTest, OfAnotherOriginIsNotSigned) {
  const Signer signer = tessera_signer();
  EXPECT_DEATH((void)sign_checkpoint({"example.com/other", 0, sha256({})}, signer), "");
  EXPECT_DEATH((void)sign_checkpoint({"example.com/log/testdata", 0, Digest{}}, signer), "");
  EXPECT_DEATH((void)sign_checkpoint({"example.com/log/testdata", 0, sha256({}), {"x"}}, signer),
               "");
}

}  // namespace
}  // namespace scr::note
