// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "image/warp.h"
#include "qr/bits.h"
#include "qr/code.h"
#include "qr/encode.h"
#include "qr/internal/common_modules.h"
#include "qr/internal/decode_modules.h"
#include "qr/internal/finders.h"
#include "qr/internal/grid.h"
#include "qr/internal/triples.h"
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

// Straight, three pixels a module: what differs between symbols is all there.
image::Gray plain(const Modules& modules) {
  constexpr int kModule = 3;
  image::Gray picture = image::white((modules.size + 8) * kModule, (modules.size + 8) * kModule);
  for (int row = 0; row < modules.size * kModule; ++row) {
    for (int column = 0; column < modules.size * kModule; ++column) {
      if (modules.at(row / kModule, column / kModule))
        picture.at(column + 4 * kModule, row + 4 * kModule) = 20;
    }
  }
  return picture;
}

// Full symbols: each version with each level and two masks, so each level with each mask ten times.
// In large ones much looks like a finder; here it is asked what can be read, not how soon, hence
// more places than usual.
TEST(Read, EveryVersionWithEveryLevelAndEveryLevelWithEveryMask) {
  Effort effort;
  effort.places = 3000;
  std::mt19937 random(3);
  for (int version = kMinVersion; version <= kMaxVersion; ++version) {
    for (const Level level : kLevels) {
      for (int mask = version % 4; mask < kMasks; mask += 4) {
        std::string payload;
        for (int i = blocks_of(version, level).total_data() - 4; i > 0; --i)
          payload += static_cast<char>(random());
        const auto modules = encode(payload, {level, version, mask});
        ASSERT_TRUE(modules);
        const Reading reading = read(plain(*modules), effort);
        ASSERT_EQ(reading.symbols.size(), 1u) << version << " " << mask;
        const Symbol& symbol = reading.symbols.front();
        EXPECT_EQ(symbol.message.payload, payload);
        EXPECT_EQ(symbol.version, version);
        EXPECT_EQ(symbol.level, level);
        EXPECT_EQ(symbol.mask, mask);
      }
    }
  }
}

// The bits of data codewords, written one field after the other.
class Bits {
 public:
  Bits& put(unsigned value, int width) {
    for (int i = width - 1; i >= 0; --i) bits_.push_back((value >> i & 1u) != 0);
    return *this;
  }
  // Filled up as the standard says (7.4.10).
  Bytes padded(int capacity) const {
    Bytes data(static_cast<std::size_t>(capacity), 0);
    for (std::size_t i = 0; i < bits_.size(); ++i) {
      if (bits_[i]) data[i / 8] = static_cast<std::uint8_t>(data[i / 8] | 0x80u >> i % 8);
    }
    const std::size_t used = (bits_.size() + 4 + 7) / 8;
    for (std::size_t i = used; i < data.size(); ++i) data[i] = (i - used) % 2 == 0 ? 0xEC : 0x11;
    return data;
  }

 private:
  std::vector<bool> bits_;
};

Modules drawn(const Bits& bits, int version, Level level) {
  return draw(bits.padded(blocks_of(version, level).total_data()), version, level, 3);
}

TEST(Read, EveryModeThroughPixels) {
  const auto message = [](const Bits& bits) {
    const Reading reading = read(plain(drawn(bits, 3, Level::M)));
    EXPECT_EQ(reading.symbols.size(), 1u);
    return reading.symbols.empty() ? Message{} : reading.symbols.front().message;
  };
  EXPECT_EQ(message(Bits().put(1, 4).put(8, 10).put(12, 10).put(345, 10).put(67, 7)).payload,
            "01234567");
  // "AC-42" of the standard (7.4.4).
  EXPECT_EQ(message(Bits().put(2, 4).put(5, 9).put(462, 11).put(1849, 11).put(2, 6)).payload,
            "AC-42");
  EXPECT_EQ(message(Bits().put(4, 4).put(3, 8).put(0xFF, 8).put(0, 8).put('!', 8)).payload,
            std::string("\xFF\0!", 3));
  EXPECT_EQ(message(Bits().put(8, 4).put(2, 8).put(0xD9F, 13).put(0x1AAA, 13)).payload,
            "\x93\x5F\xE4\xAA");
  const Message eci =
      message(Bits().put(7, 4).put(26, 8).put(4, 4).put(2, 8).put(0xC3, 8).put(0xA9, 8));
  EXPECT_EQ(eci.payload, "\xC3\xA9");
  EXPECT_EQ(eci.eci, std::vector<int>{26});
  // All in one, one after the other.
  EXPECT_EQ(message(Bits()
                        .put(1, 4)
                        .put(1, 10)
                        .put(7, 4)
                        .put(2, 4)
                        .put(1, 9)
                        .put(10, 6)
                        .put(8, 4)
                        .put(1, 8)
                        .put(0xD9F, 13)
                        .put(4, 4)
                        .put(1, 8)
                        .put('z', 8))
                .payload,
            "7A\x93\x5Fz");
  EXPECT_TRUE(message(Bits().put(5, 4).put(4, 4).put(1, 8).put('x', 8)).fnc1);
}

// A message cut into parts, each a symbol of its own.
std::vector<Modules> in_parts(const std::vector<std::string>& parts, bool right_parity) {
  unsigned parity = right_parity ? 0 : 1;
  for (const std::string& part : parts) {
    for (const char byte : part) parity ^= static_cast<unsigned char>(byte);
  }
  std::vector<Modules> symbols;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    Bits bits;
    bits.put(3, 4).put(static_cast<unsigned>(i), 4).put(static_cast<unsigned>(parts.size() - 1), 4);
    bits.put(parity, 8).put(4, 4).put(static_cast<unsigned>(parts[i].size()), 8);
    for (const char byte : parts[i]) bits.put(static_cast<unsigned char>(byte), 8);
    symbols.push_back(drawn(bits, 2, Level::M));
  }
  return symbols;
}

image::Gray side_by_side(const std::vector<Modules>& symbols) {
  const image::Gray first = plain(symbols[0]);
  const int count = static_cast<int>(symbols.size());
  image::Gray picture = image::white(first.width * count, first.height);
  for (int i = 0; i < count; ++i) {
    const image::Gray one = plain(symbols[static_cast<std::size_t>(i)]);
    for (int y = 0; y < one.height; ++y) {
      for (int x = 0; x < one.width; ++x) picture.at(i * first.width + x, y) = one.at(x, y);
    }
  }
  return picture;
}

TEST(Read, PutsAMessageTogetherThatIsCutIntoSeveralSymbols) {
  const std::vector<std::string> parts{"010113042.01.1", ".0001!12,0,7", "!1!0"};
  std::vector<Modules> symbols = in_parts(parts, true);
  for (const std::vector<std::size_t>& order :
       {std::vector<std::size_t>{0, 1, 2}, {2, 0, 1}, {1, 2, 0}}) {
    std::vector<Modules> shuffled;
    for (const std::size_t i : order) shuffled.push_back(symbols[i]);
    const Reading reading = read(side_by_side(shuffled));
    ASSERT_EQ(reading.symbols.size(), 3u);
    EXPECT_EQ(reading.symbols.front().message.payload, "010113042.01.1.0001!12,0,7!1!0");
  }
  // Without one of them, or with a parity byte that is not the message's, they stay parts.
  symbols.pop_back();
  const Reading two = read(side_by_side(symbols));
  ASSERT_EQ(two.symbols.size(), 2u);
  EXPECT_LE(two.symbols.front().message.payload.size(), 14u);
  const Reading other = read(side_by_side(in_parts(parts, false)));
  ASSERT_EQ(other.symbols.size(), 3u);
  EXPECT_LE(other.symbols.front().message.payload.size(), 14u);
}

TEST(Message, PartsMakeAWholeOnlyIfAllAreThereAndOfOneMessage) {
  const auto part = [](const char* text, int index, std::uint8_t parity) {
    Message message;
    message.payload = text;
    message.part = StructuredAppend{index, 2, parity};
    return message;
  };
  const std::uint8_t parity = 'a' ^ 'b';
  const std::vector<Message> sound{part("b", 1, parity), part("a", 0, parity)};
  ASSERT_TRUE(joined(sound));
  EXPECT_EQ(joined(sound)->payload, "ab");
  EXPECT_FALSE(joined(std::span(sound).first(1)));
  EXPECT_FALSE(joined(std::vector{part("a", 0, parity), part("a", 0, parity)}));
  EXPECT_FALSE(joined(std::vector{part("a", 0, parity), part("b", 1, 0)}));
  EXPECT_FALSE(joined(std::vector{part("a", 0, 9), part("b", 1, 9)}));
  EXPECT_FALSE(joined(std::vector{Message{}}));
  EXPECT_FALSE(joined({}));
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

// What is torn off two finders leaves one that lines cross as they should.
TEST(Read, FindsTheOtherFindersFromOne) {
  auto modules = encode("010112018.01.1.0001!146,8,4,3", {Level::M, 6, std::nullopt});
  ASSERT_TRUE(modules);
  for (int i = 0; i < 7; ++i) {
    for (int k = 1; k <= 2; ++k) {
      modules->dark[modules->index(i, modules->size - k)] = 0;
      modules->dark[modules->index(modules->size - k, i)] = 0;
    }
  }
  const Reading reading = read(pictured(*modules, 5, 4, 0));
  ASSERT_EQ(reading.symbols.size(), 1u);
  EXPECT_EQ(reading.symbols.front().message.payload, "010112018.01.1.0001!146,8,4,3");
}

// A dot of the print head is dead: a white line runs down through both left finders.
TEST(Read, SeesPastALostColumnOfDots) {
  const auto modules = encode("010112018.01.1.0001!146,8,4,3", {Level::M, 6, std::nullopt});
  ASSERT_TRUE(modules);
  for (const int column : {3, modules->size - 4}) {
    image::Gray picture = pictured(*modules, 6, 0, 0);
    const double left = (picture.width - 6.0 * modules->size) / 2;
    const int x = static_cast<int>(left + 6 * (column + 0.2));
    for (int y = 0; y < picture.height; ++y) picture.at(x, y) = picture.at(x + 1, y) = 230;
    const Reading reading = read(picture);
    ASSERT_EQ(reading.symbols.size(), 1u) << column;
    EXPECT_EQ(reading.symbols.front().stage, Stage::plain);
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

// By the binomial 1 2 1, across and down, `rounds` times: a standard deviation of 0.7 pixels each.
image::Gray blurred(image::Gray picture, int rounds) {
  for (int round = 0; round < 2 * rounds; ++round) {
    const image::Gray before = picture;
    const int dx = round % 2, dy = 1 - dx;
    for (int y = dy; y < picture.height - dy; ++y) {
      for (int x = dx; x < picture.width - dx; ++x) {
        const int sum = before.at(x - dx, y - dy) + 2 * before.at(x, y) + before.at(x + dx, y + dy);
        picture.at(x, y) = static_cast<std::uint8_t>((sum + 2) / 4);
      }
    }
  }
  return picture;
}

// Forms as they are sent around: a module has two pixels, blurred by more than half of it.
TEST(Read, SmallModulesThatAreBlurred) {
  const auto modules = encode("1803181180041000", {Level::M, 2, std::nullopt});
  ASSERT_TRUE(modules);
  int found = 0;
  constexpr int kRounds = 3;
  for (const double module : {1.9, 2.1, 2.3, 2.5}) {
    for (const double degrees : {0.0, 2.0, 5.0, 8.0}) {
      const Reading reading = read(blurred(pictured(*modules, module, degrees, 0), kRounds));
      if (reading.symbols.empty()) continue;
      EXPECT_EQ(reading.symbols.front().message.payload, "1803181180041000");
      ++found;
    }
  }
  EXPECT_GE(found, 12) << "of 16";
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

constexpr char kActa[] =
    "010112018.01.1.0001!146,8,4,3,4,6,4,1,1,3,5,3,7,5,0,0,0,0,0,1,0,0,0,0,6,0,0,0,0,0,0,1,0,4,"
    "15,214,2,4!0!0";

// A third of the symbol is gone: too much for its parity bytes, not for one who knows most of it.
TEST(ReadKnowing, ReadsWhatTheRestOfTheSheetTells) {
  const std::string payload = kActa;
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

// Thirty-eight counts behind a station's code, as a sheet would have them; `more` digits than one a
// count.
std::string some_payload(std::mt19937& random, unsigned more) {
  const auto digit = [&] { return static_cast<char>('0' + random() % 10); };
  std::vector<int> digits(38, 1);
  for (unsigned i = 0; i < more; ++i) ++digits[random() % digits.size()];
  std::string text;
  for (const char c : std::string("#########.##.1.0001!")) text += c == '#' ? digit() : c;
  for (const int count : digits) {
    for (int i = 0; i < count; ++i) text += digit();
    text += ',';
  }
  text.back() = '!';
  return text + digit() + "!" + digit();
}

std::vector<std::string> some_payloads() {
  std::mt19937 random(8);
  std::vector<std::string> payloads;
  for (unsigned i = 0; i < 120; ++i) payloads.push_back(some_payload(random, i % 24));
  return payloads;
}

// Paper that is curled so far that columns are taken for their neighbours, here this way and there
// that way: what is known of the message tells where they are.
TEST(LaidAnew, FindsTheModulesOfACurledSymbol) {
  const std::string payload = kActa;
  const auto modules = encode(payload, {Level::M, 6, std::nullopt});
  ASSERT_TRUE(modules);
  constexpr int kModule = 6;
  constexpr double kShift = 6;  // pixels
  const image::Gray flat = pictured(*modules, kModule, 0, 0);
  const double first = flat.width / 2.0 - modules->size * kModule / 2.0;
  const double last = first + modules->size * kModule;
  image::Gray curled = flat;
  for (int y = 0; y < flat.height; ++y) {
    const double turn = 2 * std::numbers::pi * (y - first) / (last - first);
    const int shift = static_cast<int>(std::lround(kShift * std::sin(turn)));
    for (int x = 0; x < flat.width; ++x)
      curled.at(x, y) = flat.at(std::clamp(x + shift, 0, flat.width - 1), y);
  }
  SoftGrid grid;
  grid.version = 6;
  grid.corners = {image::Point{first, first}, {last, first}, {last, last}, {first, last}};
  for (const std::uint8_t dark : modules->dark) grid.darkness.push_back(dark != 0 ? 0.4F : -0.4F);
  std::mt19937 random(3);
  for (int i = 0; i < 200; ++i) grid.darkness[random() % grid.darkness.size()] *= -1;
  std::vector<std::string> examples;
  for (int i = 0; i < 32; ++i) {
    std::string code = payload;
    for (const std::size_t at : {0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11})
      code[at] = static_cast<char>('0' + random() % 10);
    examples.push_back(code);
  }
  const auto anew = laid_anew(curled, grid, examples);
  ASSERT_TRUE(anew);
  std::size_t right = 0;
  for (std::size_t i = 0; i < anew->darkness.size(); ++i)
    right += (anew->darkness[i] > 0) == (modules->dark[i] != 0) ? 1 : 0;
  EXPECT_GT(right, anew->darkness.size() * 95 / 100);
  const auto symbol = read_knowing(*anew, examples);
  ASSERT_TRUE(symbol);
  EXPECT_EQ(symbol->message.payload, payload);
  // What nobody knows anything of is not laid anew, and no message of another form is seen in it.
  EXPECT_FALSE(laid_anew(curled, grid, {}));
  const std::vector<std::string> others(32, std::string(90, 'x'));
  const auto other = laid_anew(curled, grid, others);
  EXPECT_TRUE(!other || !read_knowing(*other, others));
}

TEST(Finders, ThatLookLikeFindersComeFirst) {
  const auto modules = encode("1803181180041000", {Level::M, 5, std::nullopt});
  ASSERT_TRUE(modules);
  const image::Gray picture = pictured(*modules, 5, 20, 0);
  std::vector<Finder> found = find_finders(picture, {0, picture.height, 2, 64});
  ASSERT_GE(found.size(), 3u);
  found.resize(3);
  std::vector<Finder> all;
  std::mt19937 random(4);
  const auto side = static_cast<unsigned>(picture.width);
  for (int i = 0; i < 100; ++i) {
    all.push_back({{static_cast<double>(random() % side), static_cast<double>(random() % side)},
                   static_cast<double>(5 + random() % 3),
                   20});
  }
  all.insert(all.end(), found.begin(), found.end());
  const std::vector<Finder> ranked = by_looks(picture, all);
  ASSERT_EQ(ranked.size(), all.size());
  for (const Finder& one : found) {
    EXPECT_TRUE(std::any_of(ranked.begin(), ranked.begin() + 5, [&](const Finder& other) {
      return std::hypot(one.centre.x - other.centre.x, one.centre.y - other.centre.y) < 5;
    }));
  }
}

// A fold over the row and the column that alternate: the distance of the finders tells as much.
TEST(Read, WithoutTimingPatterns) {
  const auto whole = encode("010112018.01.1.0001!146,8,4,3,4,6,4", {Level::M, 6, std::nullopt});
  ASSERT_TRUE(whole);
  for (const std::uint8_t ink : {std::uint8_t{0}, std::uint8_t{1}}) {
    Modules modules = *whole;
    for (int i = 8; i < modules.size - 8; ++i)
      modules.dark[modules.index(6, i)] = modules.dark[modules.index(i, 6)] = ink;
    const Reading reading = read(pictured(modules, 5, 2, 0.01));
    ASSERT_EQ(reading.symbols.size(), 1u) << int{ink};
    EXPECT_EQ(reading.symbols.front().message.payload, "010112018.01.1.0001!146,8,4,3,4,6,4");
  }
}

// What a hundred payloads have in common, any other has too: half of the bits of each digit or
// comma, and where the code has the same letters in all, these.
TEST(CommonModules, AreInAnySymbolOfTheForm) {
  const std::vector<std::string> examples = some_payloads();
  std::mt19937 random(9);
  for (const Level level : {Level::L, Level::M}) {
    for (const Segments segments : {Segments::bytes, Segments::shortest}) {
      const std::vector<float> told = common_modules(examples, 7, level, 3, segments);
      ASSERT_FALSE(told.empty());
      const auto known = std::count_if(told.begin(), told.end(), [](float m) { return m != 0; });
      EXPECT_GT(known, 250);
      for (int round = 0; round < 50; ++round) {
        const std::string payload = some_payload(random, static_cast<unsigned>(round % 24));
        const auto data = write_message(payload, 7, blocks_of(7, level).total_data(), segments);
        if (!data) continue;
        const Modules drawn = draw(*data, 7, level, 3);
        for (std::size_t i = 0; i < told.size(); ++i) {
          if (told[i] != 0) ASSERT_EQ(drawn.dark[i] != 0, told[i] > 0) << payload;
        }
      }
    }
  }
  EXPECT_TRUE(common_modules(examples, 2, Level::H, 3, Segments::bytes).empty()) << "too small";
}

// Sixty modules were seen otherwise than any payload of the form has them. Without knowing the form
// nobody can tell which.
TEST(Read, IsHelpedByWhatPayloadsHaveInCommon) {
  std::mt19937 random(10);
  const std::string payload = some_payload(random, 0);
  auto modules = encode(payload, {Level::M, 6, 2});
  ASSERT_TRUE(modules);
  const std::vector<std::string> examples = some_payloads();
  const std::vector<float> told = common_modules(examples, 6, Level::M, 2, Segments::shortest);
  std::vector<std::size_t> wrong;
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (told[i] != 0) wrong.push_back(i);
  }
  ASSERT_GT(wrong.size(), 300u);
  std::shuffle(wrong.begin(), wrong.end(), random);
  wrong.resize(60);
  for (const std::size_t i : wrong) modules->dark[i] ^= 1;
  const image::Gray picture = pictured(*modules, 6, 2, 0);
  EXPECT_TRUE(read(picture).symbols.empty());
  Effort effort;
  effort.examples = examples;
  const Reading helped = read(picture, effort);
  ASSERT_EQ(helped.symbols.size(), 1u);
  EXPECT_EQ(helped.symbols.front().message.payload, payload);
  EXPECT_GE(helped.symbols.front().margin, 3);
  // Another form is no help, and does no harm.
  std::vector<std::string> others;
  for (const std::string& example : examples) others.push_back("http://a/" + example);
  effort.examples = others;
  EXPECT_TRUE(read(picture, effort).symbols.empty());
}

// A picture out of focus by one module, in which each spreads over its neighbours: a filter
// leaves many wrong, of which a drawing that explains the picture leaves few.
TEST(Explained, FindsModulesThatNoFilterBringsBack) {
  constexpr int kVersion = 6;
  constexpr int kSide = 41;
  constexpr std::array<std::array<float, 3>, 3> kDisc{
      {{0.32F, 0.135F, 0}, {0.135F, 0.035F, 0}, {0, 0, 0}}};  // by distance
  std::mt19937 random(3);
  const auto chance = [&] { return static_cast<float>(random() % 2001) / 1000 - 1; };
  const std::vector<float> fixed = known_modules(kVersion);
  ASSERT_EQ(fixed.size(), std::size_t{kSide} * kSide);
  std::vector<float> modules = fixed;
  for (float& module : modules) module = module != 0 ? module : random() % 2 == 0 ? 1.0F : -1.0F;
  const auto module_at = [&](int row, int column) {
    const bool paper = row < 0 || column < 0 || row >= kSide || column >= kSide;
    return paper ? -1.0F : modules[static_cast<std::size_t>(row * kSide + column)];
  };
  std::vector<float> seen;
  for (int row = 0; row < kSide; ++row) {
    for (int column = 0; column < kSide; ++column) {
      float sum = 0.05F * chance();
      for (int y = -2; y <= 2; ++y) {
        for (int x = -2; x <= 2; ++x) {
          sum +=
              kDisc[static_cast<std::size_t>(std::abs(y))][static_cast<std::size_t>(std::abs(x))] *
              module_at(row + y, column + x);
        }
      }
      seen.push_back(sum);
    }
  }
  const auto wrong_in = [&](const std::vector<float>& soft) {
    int wrong = 0;
    for (std::size_t i = 0; i < soft.size(); ++i) wrong += soft[i] * modules[i] <= 0 ? 1 : 0;
    return wrong;
  };
  const std::vector<float> filtered = equalised(seen, kSide, fixed, 2);
  const std::vector<float> found = explained(seen, kSide, fixed, filtered);
  EXPECT_GT(wrong_in(filtered), 60);
  EXPECT_LT(4 * wrong_in(found), wrong_in(filtered));
  // What it is told, it does not turn over.
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    if (fixed[i] != 0) EXPECT_GT(found[i] * fixed[i], 0);
  }
}

}  // namespace
}  // namespace scr::qr
