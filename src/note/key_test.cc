// SPDX-License-Identifier: Apache-2.0
#include "note/key.h"

#include <type_traits>

#include <gtest/gtest.h>

#include "note/vectors_testing.h"

namespace scr::note {
namespace {

static_assert(!std::is_copy_constructible_v<Signer> && !std::is_copy_assignable_v<Signer>);
static_assert(!std::is_copy_constructible_v<SecretKey>);

const std::string kPeter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string kPeterPrivate =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

KeyName named(std::string_view name) {
  return KeyName::from(name).value();
}

TEST(Vkey, PrintsBackWhatItParsed) {
  for (const auto& note : vectors()["notes_valid"]) {
    for (const auto& text : note["vkeys"]) {
      const auto key = Vkey::parse(text.get<std::string>());
      ASSERT_TRUE(key) << text << to_string(key.error());
      EXPECT_EQ(key->text(), text.get<std::string>());
    }
  }
}

TEST(Vkey, RefusesEveryKnownBadKey) {
  const auto& cases = vectors()["vkey_must_reject"]["cases"];
  ASSERT_EQ(cases.size(), 4u);
  for (const auto& text : cases) EXPECT_FALSE(Vkey::parse(text.get<std::string>())) << text;
}

TEST(Vkey, RefusesEveryProperSubstring) {
  for (std::size_t from = 0; from < kPeter.size(); ++from) {
    for (std::size_t length = 0; from + length <= kPeter.size(); ++length) {
      if (length == kPeter.size()) continue;
      EXPECT_FALSE(Vkey::parse(kPeter.substr(from, length))) << from << ' ' << length;
    }
  }
}

TEST(Vkey, RefusesEverySingleChangedByte) {
  for (std::size_t i = 0; i < kPeter.size(); ++i) {
    for (int by = 1; by < 256; ++by) {
      std::string changed = kPeter;
      changed[i] = static_cast<char>(changed[i] + by);
      EXPECT_FALSE(Vkey::parse(changed)) << i << " +" << by;
    }
  }
}

TEST(Vkey, SaysThatItDoesNotKnowAKeyType) {
  const auto key = Vkey::parse("a+00000000+BgAA");  // 0x06, ML-DSA-44
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, ErrorCode::unsupported);
}

TEST(Signer, ReadsAndPrintsGoPrivateKeys) {
  const auto signer = Signer::parse(kPeterPrivate);
  ASSERT_TRUE(signer);
  EXPECT_EQ(signer->vkey().text(), kPeter);
  EXPECT_EQ(signer->private_text(), kPeterPrivate);
}

TEST(Signer, RefusesEverySubstringOfAPrivateKey) {
  for (std::size_t from = 0; from < kPeterPrivate.size(); ++from) {
    for (std::size_t length = 0; from + length <= kPeterPrivate.size(); ++length) {
      if (length == kPeterPrivate.size()) continue;
      EXPECT_FALSE(Signer::parse(kPeterPrivate.substr(from, length)));
    }
  }
}

TEST(Signer, OfEachTypeHasItsOwnId) {
  const Digest seed = sha256(bytes_of("one seed"));
  const Signer log(named("a"), seed.bytes);
  const Signer witness(named("a"), seed.bytes, KeyType::cosignature);
  EXPECT_EQ(log.vkey().key(), witness.vkey().key());
  EXPECT_NE(log.vkey().id(), witness.vkey().id());
  EXPECT_EQ(Signer::parse(witness.private_text())->vkey(), witness.vkey());
}

TEST(Signer, StillSignsAfterAMove) {
  auto signer = Signer::parse(kPeterPrivate).value();
  const std::string line = signer.sign("text\n");
  const Signer moved = std::move(signer);
  EXPECT_EQ(moved.sign("text\n"), line);
}

TEST(SecretKey, LeavesNothingBehindInWhatItMovedFrom) {
  SecretKey key(sha256(bytes_of("one seed")).bytes);
  SecretKey moved = std::move(key);
  const Seed left = key.seed();  // NOLINT(bugprone-use-after-move): that is the point
  for (std::byte b : left) EXPECT_EQ(b, std::byte{0});
}

TEST(SecretKey, LeavesNothingBehindWhenItGoes) {
  alignas(SecretKey) std::byte memory[sizeof(SecretKey)];
  auto* key = new (memory) SecretKey(sha256(bytes_of("one seed")).bytes);
  key->~SecretKey();
  const volatile std::byte* left = memory;
  for (std::size_t i = 0; i < sizeof memory; ++i) EXPECT_TRUE(left[i] == std::byte{0});
}

TEST(SecretKeyDeathTest, DoesNotSignAfterItWasMovedFrom) {
  SecretKey key(sha256(bytes_of("one seed")).bytes);
  SecretKey moved = std::move(key);
  EXPECT_DEATH((void)key.sign(bytes_of("x")), "");  // NOLINT(bugprone-use-after-move)
}

TEST(KeyName, RefusesSpacesOfUnicodeControlCharactersAndPlus) {
  for (std::string_view bad : {"", "a b", "a+b", "a\tb", "a\nb", "a\rb", "\xC2\xA0", "\xC2\x85",
                               "x\xE2\x80\x89y", "\xE3\x80\x80", "\xE1\x9A\x80", "\xFF", "a\x01"}) {
    EXPECT_FALSE(KeyName::from(bad)) << bad;
  }
  EXPECT_FALSE(KeyName::from(std::string_view("a\0b", 3)));
  for (std::string_view good : {"a", "example.com/log", "observatório", "\xE2\x80\x94", "日本"}) {
    EXPECT_TRUE(KeyName::from(good)) << good;
  }
}

TEST(Ed25519, AcceptsExactlyWhatTheOneRuleAccepts) {
  const auto& cases = vectors()["ed25519_strictness"]["cases"];
  ASSERT_EQ(cases.size(), 10u);
  for (const auto& c : cases) {
    const Bytes key = hex(c["key_hex"]);
    const Bytes bytes = hex(c["sig_hex"]);
    Signature signature;
    ASSERT_EQ(bytes.size(), signature.size());
    std::copy(bytes.begin(), bytes.end(), signature.begin());
    const auto message = c["msg_utf8"].get<std::string>();
    EXPECT_EQ(
        verifies_unchecked_key(std::span<const std::byte, 32>(key), bytes_of(message), signature),
        c["scrutineer_must_accept"].get<bool>())
        << c["flags"];
  }
}

TEST(PublicKey, OfLowOrderIsRefused) {
  int low = 0;
  for (const auto& c : vectors()["ed25519_strictness"]["cases"]) {
    const bool is_low = c["flags"].get<std::string>().find("low_order_A") != std::string::npos;
    EXPECT_EQ(PublicKey::from_bytes(hex(c["key_hex"])).has_value(), !is_low) << c["flags"];
    low += is_low;
  }
  EXPECT_EQ(low, 3);
}

// The eight points of low order, in canonical and other encodings (libsodium's own blocklist).
TEST(PublicKey, OfLowOrderIsRefusedInEveryEncoding) {
  for (const char* text : {"0000000000000000000000000000000000000000000000000000000000000000",
                           "0100000000000000000000000000000000000000000000000000000000000000",
                           "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                           "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                           "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                           "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                           "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
    Bytes key = from_hex(text).value();
    EXPECT_FALSE(PublicKey::from_bytes(key)) << text;
    key[31] |= std::byte{0x80};
    EXPECT_FALSE(PublicKey::from_bytes(key)) << text << " with the sign bit";
  }
}

TEST(PublicKey, OfWrongLengthIsRefused) {
  EXPECT_FALSE(PublicKey::from_bytes(Bytes(31)));
  EXPECT_FALSE(PublicKey::from_bytes(Bytes(33)));
  EXPECT_FALSE(PublicKey::from_bytes({}));
}

}  // namespace
}  // namespace scr::note
