// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <type_traits>

#include <gtest/gtest.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/decimal.h"
#include "base/fraction.h"
#include "base/id.h"
#include "base/int128.h"
#include "base/result.h"
#include "base/sha256.h"

namespace scr {
namespace {

Fraction fraction(std::int64_t p, std::int64_t q) {
  return *Fraction::of(p, q);
}

TEST(Base64, KnownAnswersOfRfc4648) {
  const std::pair<const char*, const char*> cases[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : cases) {
    EXPECT_EQ(to_base64(bytes_of(plain)), encoded);
    const auto back = from_base64(encoded);
    ASSERT_TRUE(back) << encoded;
    EXPECT_EQ(text_of(*back), plain);
  }
}

TEST(Base64, RefusesEverySecondSpelling) {
  for (const char* text : {"Zg=", "Zg", "Zh==", "Zm9=", "Zg==\n",
                           " Zg==", "Zg==Zg==", "Z===", "====", "Zm9v=", "Zm-v", "Zm9vY"}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

TEST(Base64, EveryByteComesBack) {
  Bytes all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<std::byte>(i));
  EXPECT_EQ(from_base64(to_base64(all)), all);
  EXPECT_EQ(from_hex(to_hex(all)), all);
}

TEST(Hex, IsLowerCaseAndEven) {
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("AA"));
  EXPECT_FALSE(from_hex("0g"));
}

TEST(Hmac, KnownAnswersOfRfc4231) {
  const Bytes key(20, std::byte{0x0b});
  EXPECT_EQ(hmac_sha256(key, bytes_of("Hi There")).hex(),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?")).hex(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  const Bytes longer_than_a_block(131, std::byte{0xaa});
  EXPECT_EQ(hmac_sha256(longer_than_a_block,
                        bytes_of("Test Using Larger Than Block-Size Key - Hash Key First"))
                .hex(),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Utf8, RefusesWhatRfc3629Refuses) {
  for (const char* good : {"", "abc", "ñ", "€", "😀", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"})
    EXPECT_TRUE(is_utf8(good)) << good;
  for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80",
                          "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5", "\xE2\x82", "\xFF"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

TEST(Sha256, KnownAnswersOfFips180) {
  EXPECT_EQ(sha256(bytes_of("")).hex(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256(bytes_of("abc")).hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 stream;
  const std::string thousand(1000, 'a');
  for (int i = 0; i < 1000; ++i) stream.add(bytes_of(thousand));
  EXPECT_EQ(stream.finish().hex(),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ(stream.finish(), sha256({})) << "it starts anew";
}

TEST(Sha256, PrefixedIsTheStreamOfPrefixAndBytesAtEveryLength) {
  std::string message;
  for (int size = 0; size < 1300; ++size) {
    const std::byte prefix{1};
    EXPECT_EQ(sha256_prefixed(prefix, bytes_of(message)),
              Sha256().add({&prefix, 1}).add(bytes_of(message)).finish())
        << size;
    message += static_cast<char>(size * 7);
  }
}

// Lengths in every order of short and long, so that one of two messages at once ends before the
// other, and some are too long for company.
TEST(Sha256, ManyAtOnceAreTheSameAsOneByOne) {
  for (const std::size_t count : {0u, 1u, 2u, 3u, 300u}) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i)
      texts.emplace_back(i * 7919 % 1201, static_cast<char>('a' + i % 26));
    std::vector<ByteView> messages;
    for (const std::string& text : texts) messages.push_back(bytes_of(text));
    std::vector<Digest> digests(count);
    sha256_prefixed_each(std::byte{1}, messages, digests);
    for (std::size_t i = 0; i < count; ++i) {
      EXPECT_EQ(digests[i], sha256_prefixed(std::byte{1}, messages[i]))
          << i << " of " << count << ", " << texts[i].size() << " bytes";
    }
  }
}

TEST(Arena, GivesMemoryThatStaysWhereItIs) {
  Arena arena;
  std::vector<std::span<char>> taken;
  for (std::size_t i = 0; i < 3000; ++i) {
    taken.push_back(arena.take(i));
    std::fill(taken.back().begin(), taken.back().end(), static_cast<char>(i % 127));
  }
  const Arena moved = std::move(arena);
  for (std::size_t i = 0; i < taken.size(); ++i) {
    for (const char c : taken[i]) ASSERT_EQ(c, static_cast<char>(i % 127)) << i;
  }
}

TEST(Arena, TakesBackAndUsesAgain) {
  Arena arena;
  const char* first = arena.take(100).data();
  arena.give_back(40);
  EXPECT_EQ(arena.take(10).data(), first + 60);
  EXPECT_EQ(arena.take(std::size_t{5} << 20).size(), std::size_t{5} << 20);
  arena.clear();
  EXPECT_EQ(arena.take(1).data(), first);
}

TEST(Digest, IsReadFromItsOneSpelling) {
  const Digest digest = sha256(bytes_of("abc"));
  EXPECT_EQ(Digest::from_hex_text(digest.hex()), digest);
  EXPECT_FALSE(Digest::from_hex_text(digest.hex() + "0"));
  EXPECT_FALSE(Digest::from_hex_text("BA" + digest.hex().substr(2)));
}

TEST(ParseDecimal, TakesOneSpellingOfEachNumber) {
  EXPECT_EQ(parse_decimal("0"), 0u);
  EXPECT_EQ(parse_decimal("18446744073709551615"), 18446744073709551615u);
  for (const char* bad :
       {"", "00", "01", "-1", "+1", "1 ", " 1", "1.0", "18446744073709551616", "x"})
    EXPECT_FALSE(parse_decimal(bad)) << bad;
}

TEST(Fraction, StandsInLowestTerms) {
  EXPECT_EQ(fraction(6, 8), fraction(3, 4));
  EXPECT_EQ(fraction(-6, 8).text(), "-3/4");
  EXPECT_EQ(fraction(8, 4).text(), "2");
  EXPECT_FALSE(Fraction::of(1, 0));
  EXPECT_FALSE(Fraction::of(1, -2));
}

TEST(Fraction, IsReadExactly) {
  EXPECT_EQ(Fraction::parse("96.87"), Fraction::of(9687, 100));
  EXPECT_EQ(Fraction::parse("4/5"), Fraction::of(4, 5));
  EXPECT_EQ(Fraction::parse("-1.5"), Fraction::of(-3, 2));
  for (const char* bad : {"", ".", "1.", ".5", "1/0", "1/-2", "1.5/2", "1e3", "1,5", "0x1", "1/2/3",
                          "1234567890123456"})
    EXPECT_FALSE(Fraction::parse(bad)) << bad;
  EXPECT_EQ(digits_after_point("51.20"), 2);
  EXPECT_EQ(digits_after_point("80"), 0);
}

TEST(Fraction, RoundsHalfAwayFromZero) {
  EXPECT_EQ(fraction(1, 8).decimal(2), "0.13");
  EXPECT_EQ(fraction(-1, 8).decimal(2), "-0.13");
  EXPECT_EQ(fraction(1, 3).percent(1), "33.3");
  EXPECT_EQ(fraction(2, 3).percent(0), "67");
  EXPECT_EQ(fraction(-1, 1000).decimal(1), "0.0");
  EXPECT_EQ(fraction(5, 1).decimal(0), "5");
}

TEST(Fraction, ComparesAndAddsAsRationalsDo) {
  for (std::int64_t a = -4; a <= 4; ++a) {
    for (std::int64_t b = 1; b <= 4; ++b) {
      for (std::int64_t c = -4; c <= 4; ++c) {
        for (std::int64_t d = 1; d <= 4; ++d) {
          EXPECT_EQ(fraction(a, b) < fraction(c, d), a * d < c * b);
          EXPECT_EQ(*add(fraction(a, b), fraction(c, d)), fraction(a * d + c * b, b * d));
          EXPECT_EQ(*subtract(fraction(a, b), fraction(c, d)), fraction(a * d - c * b, b * d));
          EXPECT_EQ(*multiply(fraction(a, b), fraction(c, d)), fraction(a * c, b * d));
        }
      }
    }
  }
}

TEST(Fraction, SaysSoWhenTheExactResultDoesNotFit) {
  const Fraction large(std::int64_t{1} << 62);
  EXPECT_FALSE(multiply(large, large));
  EXPECT_FALSE(add(large, large));
  EXPECT_TRUE(multiply(large, fraction(1, std::int64_t{1} << 62)));
}

TEST(Fraction, RefusesWhatItCouldNotNegateAndOtherSpellings) {
  EXPECT_FALSE(Fraction::of(std::numeric_limits<std::int64_t>::min(), 3));
  EXPECT_FALSE(Fraction::parse("4.0/5"));
  EXPECT_FALSE(Fraction::parse("4/5.0"));
  EXPECT_EQ(Fraction::parse("4/5"), fraction(4, 5));
}

TEST(Int128, PrintsItsExtremes) {
  EXPECT_EQ(to_string(Int128{0}), "0");
  EXPECT_EQ(to_string(-(Int128{1} << 126) - (Int128{1} << 126)),
            "-170141183460469231731687303715884105728");
}

TEST(Error, TellsWhereOutermostFirst) {
  Result<int> inner = fail(ErrorCode::bad_input, "no number", "votes[3]");
  const auto outer = at("entry 812", at("bundle", inner));
  ASSERT_FALSE(outer);
  EXPECT_EQ(to_string(outer.error()), "entry 812: bundle: votes[3]: no number");
}

using Apple = Id<struct AppleKind>;
using Pear = Id<struct PearKind>;
static_assert(!std::is_convertible_v<Apple, Pear> && !std::is_constructible_v<Apple, Pear>);
static_assert(!std::is_convertible_v<std::string, Apple>);

}  // namespace
}  // namespace scr
