// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "qr/bits.h"
#include "qr/code.h"
#include "qr/encode.h"
#include "qr/reed_solomon.h"

namespace scr::qr {
namespace {

using Bytes = std::vector<std::uint8_t>;

// ISO/IEC 18004, annex I: "01234567" as version 1-M.
TEST(Message, IsWrittenAsTheStandardsExample) {
  const Bytes data = *write_message("01234567", 1, 16);
  EXPECT_EQ(data, (Bytes{0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11,
                         0xEC, 0x11, 0xEC, 0x11}));
  EXPECT_EQ(parity_of(data, 10),
            (Bytes{0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55}));
}

// Tables C.1 and D.1.
TEST(Code, HasTheFormatAndVersionBitsOfTheStandard) {
  EXPECT_EQ(format_bits(Level::M, 0), 0b101010000010010u);
  EXPECT_EQ(format_bits(Level::M, 5), 0b100000011001110u);
  EXPECT_EQ(format_bits(Level::L, 0), 0b111011111000100u);
  EXPECT_EQ(format_bits(Level::H, 7), 0b000100000111011u);
  EXPECT_EQ(version_bits(7), 0b000111110010010100u);
  EXPECT_EQ(version_bits(40), 0b101000110001101001u);
}

// Tables 1, 7 and 9.
TEST(Code, HasTheSizesOfTheStandard) {
  EXPECT_EQ(blocks_of(1, Level::M).total_data(), 16);
  EXPECT_EQ(blocks_of(5, Level::L).total_data(), 108);
  EXPECT_EQ(blocks_of(6, Level::M).total_data(), 108);
  EXPECT_EQ(blocks_of(5, Level::Q).short_blocks, 2);
  EXPECT_EQ(blocks_of(40, Level::L).total_data(), 2956);
  EXPECT_EQ(blocks_of(40, Level::H).total_data(), 1276);
  EXPECT_EQ(alignment_centres(7), (std::vector<int>{6, 22, 38}));
  EXPECT_EQ(alignment_centres(32), (std::vector<int>{6, 34, 60, 86, 112, 138}));
  EXPECT_EQ(alignment_centres(40), (std::vector<int>{6, 30, 58, 86, 114, 142, 170}));
  for (int version = 1; version <= 40; ++version) {
    for (const Level level : kLevels) {
      const Blocks blocks = blocks_of(version, level);
      EXPECT_EQ(static_cast<int>(plan_of(version).order.size()), blocks.total() * 8) << version;
      EXPECT_EQ(blocks.total(), blocks_of(version, Level::L).total());
    }
  }
}

TEST(Message, ComesBackInEveryModeAndVersion) {
  std::mt19937 random(7);
  const std::string kinds[] = {"0123456789", "ABC $%*+-./:0189",
                               std::string("\0\xff"
                                           "abc!,",
                                           7)};
  for (const int version : {1, 5, 9, 10, 26, 27, 40}) {
    for (int round = 0; round < 60; ++round) {
      std::string payload;
      const int segments = static_cast<int>(random() % 4u);
      for (int s = 0; s < segments; ++s) {
        const std::string& kind = kinds[random() % 3];
        for (auto i = random() % 9; i > 0; --i) payload += kind[random() % kind.size()];
      }
      const int capacity = blocks_of(version, Level::L).total_data();
      const auto data = write_message(payload, version, capacity);
      if (!data) continue;
      const auto message = read_message(*data, version);
      ASSERT_TRUE(message) << message.error().what << " version " << version;
      EXPECT_EQ(message->payload, payload);
    }
  }
}

TEST(Message, TakesFewerBitsInMixedModesThanInBytes) {
  // 4 + 8 + 8 * 40 bits as bytes are 42 bytes; digits and letters need less.
  EXPECT_TRUE(write_message("010113042.01.1.0001!1234567890,1234567890", 5, 34));
  EXPECT_FALSE(write_message(std::string(17, 'a'), 1, 16));
}

TEST(Message, ReadsWhatOthersWrite) {
  // ECI 26, bytes "é"; by hand: 0111 00011010 0100 00000010 11000011 10101001 0000
  const auto eci = read_message(Bytes{0x71, 0xA4, 0x02, 0xC3, 0xA9, 0x00}, 1);
  ASSERT_TRUE(eci) << eci.error().what;
  EXPECT_EQ(eci->payload, "\xC3\xA9");
  EXPECT_EQ(eci->eci, std::vector<int>{26});
  // Kanji of the standard's example (7.4.6): 935F E4AA -> 0D9F 1AAA
  Bytes kanji{0x80, 0x26, 0xCF, 0xEA, 0xA8, 0x00};
  const auto japanese = read_message(kanji, 1);
  ASSERT_TRUE(japanese) << japanese.error().what;
  EXPECT_EQ(japanese->payload, "\x93\x5F\xE4\xAA");
  // Structured append: the third of four, parity 0x0F, then byte "A".
  const auto part = read_message(Bytes{0x32, 0x30, 0xF4, 0x01, 0x41, 0x00}, 1);
  ASSERT_TRUE(part) << part.error().what;
  EXPECT_EQ(part->part, (StructuredAppend{2, 4, 0x0F}));
  EXPECT_EQ(part->payload, "A");
}

TEST(Message, RefusesWhatTheStandardDoesNotAllow) {
  EXPECT_FALSE(read_message(Bytes{0xF0, 0x00}, 1)) << "no such mode";
  EXPECT_FALSE(read_message(Bytes{0x10, 0x0F, 0xFC}, 1)) << "1023 as three digits";
  EXPECT_FALSE(read_message(Bytes{0x40, 0x50, 0x00}, 1)) << "five bytes announced, one there";
}

TEST(ReedSolomon, CorrectsUpToItsLimitAndRefusesBeyond) {
  std::mt19937 random(11);
  int wrong = 0;
  for (int round = 0; round < 4000; ++round) {
    const int parity = 10 + 2 * static_cast<int>(random() % 9);
    const int limit = parity - 3;
    Bytes block(20 + random() % 60);
    for (auto& byte : block) byte = static_cast<std::uint8_t>(random());
    const Bytes tail = parity_of(block, parity);
    block.insert(block.end(), tail.begin(), tail.end());
    const Bytes right = block;
    std::vector<int> places(block.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<int>(i);
    std::shuffle(places.begin(), places.end(), random);
    const int erasures = static_cast<int>(random() % static_cast<unsigned>(parity));
    const int errors = static_cast<int>(random() % static_cast<unsigned>(parity / 2 + 3));
    if (erasures + errors > static_cast<int>(places.size())) continue;
    const std::vector<int> erased(places.begin(), places.begin() + erasures);
    for (int i = 0; i < erasures; ++i)
      block[static_cast<std::size_t>(places[static_cast<std::size_t>(i)])] =
          static_cast<std::uint8_t>(random());
    for (int i = erasures; i < erasures + errors; ++i) {
      block[static_cast<std::size_t>(places[static_cast<std::size_t>(i)])] ^=
          static_cast<std::uint8_t>(1 + random() % 255);
    }
    const Bytes given = block;
    const auto corrected = correct(block, parity, erased, limit);
    if (2 * errors + erasures <= limit) {
      ASSERT_TRUE(corrected) << errors << " errors, " << erasures << " erasures, parity " << parity;
      EXPECT_EQ(block, right);
      EXPECT_EQ(corrected->errors, errors);
    } else if (corrected) {
      wrong += block == right ? 0 : 1;
    } else {
      EXPECT_EQ(block, given) << "left as it was";
    }
  }
  EXPECT_LE(wrong, 3) << "noise passed for a codeword";
}

}  // namespace
}  // namespace scr::qr
