// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "image/warp.h"
#include "qr/bits.h"
#include "qr/code.h"
#include "qr/encode.h"
#include "qr/known.h"
#include "qr/read.h"
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

// A symbol on white paper, `module` pixels a module, turned by `degrees` and seen aslant by
// `slant`.
image::Gray pictured(const Modules& modules, double module, double degrees, double slant) {
  const double side = (modules.size + 8) * module;
  const int whole = static_cast<int>(side * 1.6);
  const double middle = whole / 2.0;
  const double turn = degrees * 3.14159265358979 / 180;
  image::Quad quad;
  const double half = side / 2;
  const image::Point corners[4] = {
      {-half, -half}, {half, -half}, {half * (1 - slant), half}, {-half, half}};
  for (std::size_t i = 0; i < 4; ++i) {
    quad[i] = {middle + corners[i].x * std::cos(turn) - corners[i].y * std::sin(turn),
               middle + corners[i].x * std::sin(turn) + corners[i].y * std::cos(turn)};
  }
  const image::Homography back = image::Homography::of_unit_square(quad).inverse();
  image::Gray picture = image::white(whole, whole);
  for (int y = 0; y < whole; ++y) {
    for (int x = 0; x < whole; ++x) {
      int dark = 0;
      for (const double dy : {0.25, 0.75}) {
        for (const double dx : {0.25, 0.75}) {
          const image::Point at = back(x + dx, y + dy);
          const int column = static_cast<int>(std::floor(at.x * (modules.size + 8))) - 4;
          const int row = static_cast<int>(std::floor(at.y * (modules.size + 8))) - 4;
          if (row >= 0 && column >= 0 && row < modules.size && column < modules.size)
            dark += modules.at(row, column) ? 1 : 0;
        }
      }
      picture.at(x, y) = static_cast<std::uint8_t>(230 - 50 * dark);
    }
  }
  return picture;
}

TEST(Read, EveryVersion) {
  for (int version = kMinVersion; version <= kMaxVersion; ++version) {
    const std::string payload = "VERSION " + std::to_string(version);
    const auto modules = encode(payload, {Level::M, version, std::nullopt});
    ASSERT_TRUE(modules);
    const Reading reading = read(pictured(*modules, 4, 3, 0));
    ASSERT_EQ(reading.symbols.size(), 1u) << version;
    EXPECT_EQ(reading.symbols.front().message.payload, payload);
    EXPECT_EQ(reading.symbols.front().version, version);
  }
}

TEST(Read, EveryMaskAndLevel) {
  for (const Level level : kLevels) {
    for (int mask = 0; mask < kMasks; ++mask) {
      const auto modules = encode("acta 0123,456!", {level, 4, mask});
      ASSERT_TRUE(modules);
      const Reading reading = read(pictured(*modules, 5, -4, 0.03));
      ASSERT_EQ(reading.symbols.size(), 1u) << mask;
      EXPECT_EQ(reading.symbols.front().message.payload, "acta 0123,456!");
      EXPECT_EQ(reading.symbols.front().mask, mask);
    }
  }
}

TEST(Read, HoweverItLies) {
  const auto modules = encode("010112018.01.1.0001!146,8,4,3", {Level::M, 6, std::nullopt});
  ASSERT_TRUE(modules);
  for (int degrees = 0; degrees < 360; degrees += 20) {
    const image::Gray picture = pictured(*modules, 5, degrees, 0.06);
    const Reading reading = read(picture);
    ASSERT_EQ(reading.symbols.size(), 1u) << degrees;
    // Its corners are where they were put: the first is at the angle it was turned by.
    const image::Point corner = reading.symbols.front().corners[0];
    const double angle =
        std::atan2(corner.y - picture.height / 2.0, corner.x - picture.width / 2.0);
    const double wanted = (degrees - 135) * 3.14159265358979 / 180;
    EXPECT_GT(std::cos(angle - wanted), 0.98) << degrees;
  }
}

TEST(Read, SmallModules) {
  const auto modules = encode("1803181180041000", {Level::M, 2, std::nullopt});
  ASSERT_TRUE(modules);
  for (const double module : {1.7, 2.0, 2.5, 3.0}) {
    const Reading reading = read(pictured(*modules, module, 1, 0));
    ASSERT_EQ(reading.symbols.size(), 1u) << module;
    EXPECT_EQ(reading.symbols.front().message.payload, "1803181180041000");
  }
}

TEST(Read, FindsNothingWhereThereIsNothing) {
  EXPECT_TRUE(read(image::white(300, 300)).symbols.empty());
  EXPECT_TRUE(read(image::white(10, 10)).symbols.empty());
  EXPECT_TRUE(read({}).symbols.empty());
  std::mt19937 random(4);
  image::Gray noise = image::white(400, 400);
  for (auto& pixel : noise.pixels) pixel = static_cast<std::uint8_t>(random());
  EXPECT_TRUE(read(noise).symbols.empty());
}

// A third of the symbol is gone: too much for its parity bytes, not for one who knows most of it.
TEST(ReadKnowing, ReadsWhatTheRestOfTheSheetTells) {
  const std::string payload =
      "010112018.01.1.0001!146,8,4,3,4,6,4,1,1,3,5,3,7,5,0,0,0,0,0,1,0,0,0,0,6,0,0,0,0,0,0,1,0,4,"
      "15,214,2,4!0!0";
  const auto modules = encode(payload, {Level::M, 6, std::nullopt});
  ASSERT_TRUE(modules);
  image::Gray picture = pictured(*modules, 6, 0, 0);
  // The middle, so that the finders stay.
  const int width = picture.width;
  for (int y = width * 40 / 100; y < width * 62 / 100; ++y) {
    for (int x = width * 30 / 100; x < width * 66 / 100; ++x) picture.at(x, y) = 230;
  }
  const Reading reading = read(picture);
  ASSERT_TRUE(reading.symbols.empty());
  ASSERT_FALSE(reading.unread.empty());
  // All is known but the digits of the station.
  std::vector<std::string> examples;
  std::mt19937 random(5);
  const auto with = [&](const std::string& counts) {
    examples.clear();
    for (int i = 0; i < 32; ++i) {
      std::string code = "000000000.00.1.0001";
      for (char& c : code.replace(0, 0, "")) {
        if (c == '0') c = static_cast<char>('0' + random() % 10);
      }
      examples.push_back(code.substr(0, 13) + "1.0001" + counts);
    }
    return read_knowing(reading.unread.front(), examples);
  };
  const std::string counts = payload.substr(19);
  const auto symbol = with(counts);
  ASSERT_TRUE(symbol);
  EXPECT_EQ(symbol->message.payload, payload);
  // Help that is wrong in one digit does no harm: the parity bytes know better.
  std::string wrong = counts;
  wrong[1] = '2';
  const auto corrected = with(wrong);
  EXPECT_TRUE(!corrected || corrected->message.payload == payload);
  // The counts of another sheet: nothing.
  EXPECT_FALSE(
      with("!5,8,4,3,4,6,4,1,1,3,5,3,7,5,9,9,9,9,9,1,0,0,0,0,6,0,7,7,7,7,7,1,0,4,15,333,2,4!0!0"));
}

}  // namespace
}  // namespace scr::qr
