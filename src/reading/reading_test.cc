// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <functional>
#include <iterator>
#include <numbers>
#include <optional>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "forge/again.h"
#include "forge/damage.h"
#include "forge/figures.h"
#include "forge/font.h"
#include "qr/encode.h"
#include "reading/joint.h"
#include "reading/read_sheet.h"

namespace scr::reading {
namespace {

constexpr char kFont[] = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf";

const election::Definition& venezuela() {
  static const election::Definition definition = [] {
    std::ifstream in(std::string(SCR_SOURCE_DIR) + "/elections/ve-2024/election.toml");
    return *election::parse_definition(std::string{std::istreambuf_iterator<char>(in), {}});
  }();
  return definition;
}

struct Made {
  std::string file;
  std::string payload;
  forge::SheetPlan plan;
};

// Lines through the numbers of the first `rows` rows.
void scratch(forge::Print& print, int rows) {
  for (const forge::Field& field : print.fields) {
    if (field.kind != "vote" || rows-- <= 0) continue;
    for (int y = static_cast<int>(field.number[0].y); y < field.number[2].y; ++y) {
      for (int x = static_cast<int>(field.number[0].x); x < field.number[2].x; ++x) {
        if (y % 6 < 4) print.dots.at(x, y) = 0;
      }
    }
  }
}

// `defocus`: in modules, in place of what the class has. `scratched`: rows.
Made made(forge::Damage damage, forge::Forgery forgery, std::uint64_t seed, bool code = true,
          std::optional<double> defocus = std::nullopt, int scratched = 0) {
  forge::Chance chance(seed);
  const auto font = forge::Font::load(kFont);
  const auto figures = forge::invented_figures(venezuela(), chance);
  auto plan = forge::plan_of(figures, forgery, chance);
  plan.has_code = code;
  auto print = forge::print_sheet(plan, venezuela(), *font, qr::Level::M, 6);
  scratch(*print, scratched);
  forge::Effects effects = forge::effects_of(damage, *print, chance);
  if (defocus) effects.defocus = *defocus;
  const forge::Photograph photo = forge::photograph(*print, effects, chance);
  return {forge::save_jpeg(photo.picture, effects), print->payload, plan};
}

ReadSheet read(const Made& sheet) {
  static const SheetReader reader(venezuela());
  return reader.read(bytes_of(sheet.file));
}

TEST(ReadSheet, ReadsCodeAndPrintAndTheyAgree) {
  for (const auto damage :
       {forge::Damage::scan, forge::Damage::faded, forge::Damage::photo, forge::Damage::lowres}) {
    const Made sheet = made(damage, forge::Forgery::none, 7);
    const ReadSheet seen = read(sheet);
    ASSERT_TRUE(seen.code) << forge::name_of(damage) << " " << seen.unread;
    EXPECT_EQ(seen.code->payload, sheet.payload);
    ASSERT_TRUE(seen.print);
    EXPECT_EQ(seen.print->compared, 42);
    EXPECT_GE(seen.print->agree, 41);
    EXPECT_TRUE(seen.print->contradictions.empty());
  }
}

// Out of focus so far that strokes run into each other: the print is read as such, and agrees. An
// altered digit never does; blur makes paper about it uneven, so not each is called a
// contradiction.
TEST(ReadSheet, ComparesPrintThatIsOutOfFocus) {
  int noticed = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const ReadSheet honest =
        read(made(forge::Damage::scan, forge::Forgery::none, seed, true, 0.85));
    ASSERT_TRUE(honest.code && honest.print) << honest.unread;
    EXPECT_GE(honest.print->agree, 41);
    EXPECT_TRUE(honest.print->contradictions.empty());
    const ReadSheet forged =
        read(made(forge::Damage::scan, forge::Forgery::digit, seed, true, 0.85));
    ASSERT_TRUE(forged.code && forged.print) << forged.unread;
    EXPECT_LT(forged.print->agree, honest.print->agree);
    noticed += forged.print->contradictions.empty() ? 0 : 1;
  }
  EXPECT_GE(noticed, 2);
}

// A scan with something else on top of it; its payload.
struct Taken {
  forge::Photograph photo;
  forge::Effects effects;
  std::string payload;
};
Taken taken(std::uint64_t seed, const std::function<void(forge::Effects&)>& change) {
  forge::Chance chance(seed);
  const auto font = forge::Font::load(kFont);
  const auto plan =
      forge::plan_of(forge::invented_figures(venezuela(), chance), forge::Forgery::none, chance);
  const auto print = forge::print_sheet(plan, venezuela(), *font, qr::Level::M, 6);
  forge::Effects effects = forge::effects_of(forge::Damage::scan, *print, chance);
  change(effects);
  return {forge::photograph(*print, effects, chance), effects, print->payload};
}

ReadSheet read(const Taken& sheet) {
  return read(Made{forge::save_jpeg(sheet.photo.picture, sheet.effects), sheet.payload, {}});
}

// A hand that shakes by nearly two modules leaves no rings about the hearts in that direction.
TEST(ReadSheet, ReadsWhatMovedAlongItsRowsOrColumns) {
  int right = 0;
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    for (const bool down : {false, true}) {
      const Taken sheet = taken(seed, [&](forge::Effects& effects) {
        effects.module = 5.2;
        effects.motion = 1.78;
        effects.motion_angle = down ? std::numbers::pi / 2 : 0;
        effects.noise = 9;
      });
      const ReadSheet seen = read(sheet);
      if (!seen.code) continue;
      EXPECT_EQ(seen.code->payload, sheet.payload);
      ++right;
    }
  }
  EXPECT_GE(right, 3) << "of 4";
}

// The edge of something that lies on the lamp, across one finder after the other.
TEST(ReadSheet, ReadsThroughTheHardEdgeOfAShadow) {
  for (const double share : {0.1, 0.5, 0.9}) {
    Taken sheet = taken(5, [](forge::Effects& effects) { effects.darkness = 0.4; });
    const image::Quad& code = sheet.photo.code_corners;
    const double edge = code[0].x + share * (code[1].x - code[0].x);
    image::Rgb& picture = sheet.photo.picture;
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
      const auto x = static_cast<double>(i / 3 % static_cast<std::size_t>(picture.width));
      const auto y = static_cast<double>(i / 3 / static_cast<std::size_t>(picture.width));
      if (x + 0.13 * (y - code[0].y) < edge)
        picture.pixels[i] = static_cast<std::uint8_t>(picture.pixels[i] * 45 / 100);
    }
    const ReadSheet seen = read(sheet);
    ASSERT_TRUE(seen.code) << share << " " << seen.unread;
    EXPECT_EQ(seen.code->payload, sheet.payload);
  }
}

TEST(ReadSheet, NoticesAForgedDigit) {
  int noticed = 0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Made sheet = made(forge::Damage::scan, forge::Forgery::digit, seed);
    const ReadSheet seen = read(sheet);
    ASSERT_TRUE(seen.code && seen.print);
    if (seen.print->contradictions.size() != 1) continue;
    const Contradiction& one = seen.print->contradictions.front();
    for (std::size_t i = 0; i < sheet.plan.printed.lines.size(); ++i) {
      if (sheet.plan.printed.lines[i] == sheet.plan.in_code.lines[i]) continue;
      EXPECT_EQ(one.printed, sheet.plan.printed.lines[i]);
      EXPECT_EQ(one.coded, sheet.plan.in_code.lines[i]);
      EXPECT_EQ(one.name, venezuela().sheets.front().ballot_order[i].value());
      ++noticed;
    }
  }
  EXPECT_GE(noticed, 5);
}

// One number contradicts; so it is said. But not where many others could not be read either.
TEST(ReadSheet, AccusesNoSheetWhosePrintIsMisreadAllOver) {
  int noticed = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const auto forged = [&](int scratched) {
      return read(made(forge::Damage::scan, forge::Forgery::digit, seed, true, {}, scratched));
    };
    const ReadSheet two = forged(2);
    ASSERT_TRUE(two.code && two.print);
    EXPECT_LT(two.print->agree, two.print->compared);
    noticed += two.print->contradictions.empty() ? 0 : 1;
    const ReadSheet ten = forged(10);
    ASSERT_TRUE(ten.code && ten.print);
    EXPECT_LE(ten.print->agree, ten.print->compared - 5) << "it is said that they do not agree";
    EXPECT_TRUE(ten.print->contradictions.empty());
  }
  EXPECT_GE(noticed, 3);
}

TEST(ReadSheet, NoticesTheCodeOfAnotherSheet) {
  const ReadSheet seen = read(made(forge::Damage::scan, forge::Forgery::other_code, 3));
  ASSERT_TRUE(seen.code && seen.print);
  EXPECT_GT(seen.print->contradictions.size(), 5u);
}

// What nothing on the sheet shows, it does not claim to see.
TEST(ReadSheet, AgreesWithWhatWasAlteredConsistently) {
  const ReadSheet seen = read(made(forge::Damage::scan, forge::Forgery::both_consistent, 4));
  ASSERT_TRUE(seen.code && seen.print);
  EXPECT_TRUE(seen.print->contradictions.empty());
}

TEST(ReadSheet, NeverGivesAnotherPayloadHoweverDamaged) {
  int right = 0;
  int jointly = 0;
  constexpr int kSheets = 2;
  for (std::uint64_t seed = 20; seed < 20 + kSheets; ++seed) {
    for (const auto damage : {forge::Damage::damage, forge::Damage::wreck}) {
      const Made sheet = made(damage, forge::Forgery::none, seed);
      const ReadSheet seen = read(sheet);
      if (!seen.code) continue;
      EXPECT_EQ(seen.code->payload, sheet.payload);
      ++right;
      if (seen.code->stage == "joint") ++jointly;
    }
  }
  EXPECT_GE(right, kSheets);  // of twice as many
  EXPECT_GE(jointly, 1);
}

// One of two symbols over which a message is cut (ISO/IEC 18004, 8.2), version 2, level M.
qr::Modules part_of_two(unsigned index, const std::string& text, std::uint8_t parity) {
  std::vector<unsigned> nibbles{3, index, 1, parity / 16u, parity % 16u, 4};
  const auto length = static_cast<unsigned>(text.size());
  nibbles.insert(nibbles.end(), {length / 16, length % 16});
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    nibbles.insert(nibbles.end(), {byte / 16u, byte % 16u});
  }
  nibbles.resize(2 * 28);  // the rest is the end of the message
  std::vector<std::uint8_t> data;
  for (std::size_t i = 0; i < nibbles.size(); i += 2)
    data.push_back(static_cast<std::uint8_t>(16 * nibbles[i] + nibbles[i + 1]));
  return qr::draw(data, 2, qr::Level::M, 0);
}

void put(image::Rgb& picture, const qr::Modules& symbol, int left, int top, int module) {
  for (int y = 0; y < symbol.size * module; ++y) {
    for (int x = 0; x < symbol.size * module; ++x) {
      const bool dark = symbol.dark[symbol.index(y / module, x / module)] != 0;
      const int pixel = (top + y) * picture.width + left + x;
      for (int channel = 0; channel < 3; ++channel)
        picture.pixels[static_cast<std::size_t>(3 * pixel + channel)] = dark ? 20 : 240;
    }
  }
}

struct Put {
  int left;
  int top;
  int module;
};
constexpr char kFirstPart[] = "010113042.01.1";
constexpr char kSecondPart[] = ".0001!12,0";

image::Rgb with_two_parts(const Put& first, const Put& second) {
  std::uint8_t parity = 0;
  for (const char c : std::string(kFirstPart) + kSecondPart) parity ^= static_cast<std::uint8_t>(c);
  image::Rgb picture;
  picture.width = 420;
  picture.height = 300;
  picture.pixels.assign(std::size_t{3} * 420 * 300, 240);
  put(picture, part_of_two(0, kFirstPart, parity), first.left, first.top, first.module);
  put(picture, part_of_two(1, kSecondPart, parity), second.left, second.top, second.module);
  return picture;
}

void expect_both_parts(const image::Rgb& picture) {
  forge::Effects effects;
  effects.quality = 92;
  const SheetReader reader{election::Definition{}};
  const ReadSheet seen = reader.read(bytes_of(forge::save_jpeg(picture, effects)));
  ASSERT_TRUE(seen.code) << seen.unread;
  EXPECT_EQ(seen.code->payload, std::string(kFirstPart) + kSecondPart);
}

TEST(ReadSheet, ReadsAMessageThatIsCutIntoTwoSymbolsOfDifferentSize) {
  const image::Rgb picture = with_two_parts({40, 100, 6}, {310, 30, 2});
  expect_both_parts(picture);
}

// Two sheets on one picture are for people: neither is lost behind the other.
// Each row of what lies right of `left` becomes the mean of `length` pixels.
image::Rgb moved_at_right(const image::Rgb& still, int left, int length) {
  image::Rgb picture = still;
  const auto at = [&](int x, int y, int channel) {
    return static_cast<std::size_t>(3 * (y * still.width + x) + channel);
  };
  for (int y = 0; y < still.height; ++y) {
    for (int x = left; x + length <= still.width; ++x) {
      for (int channel = 0; channel < 3; ++channel) {
        int sum = 0;
        for (int k = 0; k < length; ++k) sum += still.pixels[at(x + k, y, channel)];
        picture.pixels[at(x, y, channel)] = static_cast<std::uint8_t>(sum / length);
      }
    }
  }
  return picture;
}

// The first look sees one part and could take it for the whole.
TEST(ReadSheet, LooksForThePartOfAMessageThatIsHarderToRead) {
  const image::Rgb picture = moved_at_right(with_two_parts({20, 80, 6}, {230, 80, 6}), 200, 10);
  qr::Effort quick;
  quick.only_first_looks = true;
  ASSERT_EQ(qr::read(image::luma_of(picture), quick).symbols.size(), 1u);
  expect_both_parts(picture);
}

TEST(ReadSheet, SaysThatThereAreTwoSheets) {
  const auto photographed = [](std::uint64_t seed, forge::Effects& effects) {
    forge::Chance chance(seed);
    const auto font = forge::Font::load(kFont);
    const auto figures = forge::invented_figures(venezuela(), chance);
    const auto plan = forge::plan_of(figures, forge::Forgery::none, chance);
    const auto print = forge::print_sheet(plan, venezuela(), *font, qr::Level::M, 6);
    effects = forge::effects_of(forge::Damage::scan, *print, chance);
    return std::pair(forge::photograph(*print, effects, chance), print->payload);
  };
  forge::Effects effects;
  const auto [left, one] = photographed(31, effects);
  auto [right, two] = photographed(32, effects);
  const forge::Photograph both = forge::beside(left, right);
  const ReadSheet seen = read({forge::save_jpeg(both.picture, effects), {}, {}});
  EXPECT_FALSE(seen.code);
  EXPECT_EQ(seen.unread, "codes-differ");
  std::vector<std::string> payloads;
  for (const OtherCode& other : seen.others) payloads.push_back(other.payload);
  EXPECT_TRUE(payloads == std::vector({one, two}) || payloads == std::vector({two, one}));
}

// A scan on which everything of the code but its fixed patterns is overwritten at random.
Made with_its_code_gone(std::uint64_t seed) {
  forge::Chance chance(seed);
  const auto font = forge::Font::load(kFont);
  const auto figures = forge::invented_figures(venezuela(), chance);
  const auto plan = forge::plan_of(figures, forge::Forgery::none, chance);
  const auto print = forge::print_sheet(plan, venezuela(), *font, qr::Level::M, 6);
  const forge::Effects effects = forge::effects_of(forge::Damage::scan, *print, chance);
  forge::Photograph photo = forge::photograph(*print, effects, chance);
  const int size = print->code.size;
  const auto half = static_cast<int>(effects.module / 2) + 1;
  for (int row = 10; row < size; ++row) {
    for (int column = 10; column < size; ++column) {
      if (std::abs(row - size + 7) <= 3 && std::abs(column - size + 7) <= 3) continue;
      const auto at = photo.centres[print->code.index(row, column)];
      const auto value = static_cast<std::uint8_t>(chance.happens(0.5) ? 30 : 225);
      for (int y = static_cast<int>(at.y) - half; y <= at.y + half; ++y) {
        for (int x = static_cast<int>(at.x) - half; x <= at.x + half; ++x) {
          const auto pixel =
              3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(photo.picture.width) +
                   static_cast<std::size_t>(x));
          std::fill_n(photo.picture.pixels.begin() + static_cast<std::ptrdiff_t>(pixel), 3, value);
        }
      }
    }
  }
  return {forge::save_jpeg(photo.picture, effects), print->payload, plan};
}

// What a machine could not decide goes to people with what the print may say, best first.
TEST(ReadSheet, GivesPeopleCandidatesWhereTheCodeIsGone) {
  int rows = 0;
  int right = 0;
  for (std::uint64_t seed = 20; seed < 23; ++seed) {
    const Made sheet = with_its_code_gone(seed);
    const ReadSheet seen = read(sheet);
    ASSERT_FALSE(seen.code);
    EXPECT_EQ(seen.unread, "code-unreadable");
    ASSERT_TRUE(seen.fingerprint && seen.print);
    for (std::size_t i = 0; i < sheet.plan.printed.lines.size(); ++i) {
      const PrintedRow& row = seen.print->rows[i];
      EXPECT_EQ(row.name, venezuela().sheets.front().ballot_order[i].value());
      ASSERT_FALSE(row.likeliest.empty());
      for (std::size_t k = 1; k < row.likeliest.size(); ++k)
        EXPECT_LE(row.likeliest[k].millionths, row.likeliest[k - 1].millionths);
      ++rows;
      if (row.likeliest.front().value == sheet.plan.printed.lines[i]) ++right;
    }
  }
  EXPECT_GE(right, rows - 1) << right << " of " << rows;
}

// A ballot of one line leaves little to choose.
TEST(PayloadExamples, AreMadeOfTheSmallestBallot) {
  election::SheetFormat format = venezuela().sheets.front();
  for (const std::size_t lines : {1u, 2u, 7u}) {
    format.ballot_order.resize(lines);
    EXPECT_GE(payload_examples(format).size(), 100u) << lines;
  }
}

// As help for damaged codes they must be such as a sheet may have, the shortest too, and of many
// lengths.
TEST(PayloadExamples, FollowTheGrammar) {
  for (const election::SheetFormat& format : venezuela().sheets) {
    const std::vector<std::string> examples = payload_examples(format);
    ASSERT_GE(examples.size(), 100u);
    std::set<std::size_t> lengths;
    for (const std::string& example : examples) {
      EXPECT_TRUE(election::parse_sheet_payload(example, venezuela(), format)) << example;
      lengths.insert(example.size());
    }
    EXPECT_EQ(*lengths.begin(), 19u + 1 + 38 + 37 + 4) << "every count of one digit";
    EXPECT_GT(lengths.size(), 30u);
    EXPECT_EQ(examples, payload_examples(format)) << "the same each time";
  }
}

TEST(ReadSheet, WithoutACodeReadsNothing) {
  const ReadSheet seen = read(made(forge::Damage::scan, forge::Forgery::none, 5, false));
  EXPECT_FALSE(seen.code);
  EXPECT_EQ(seen.unread, "no-code");
}

TEST(ReadSheet, SaysWhyAFileIsNoPicture) {
  const SheetReader reader(venezuela());
  EXPECT_EQ(reader.read(bytes_of("station,votes\n1,2\n")).unread, "not-a-picture");
  EXPECT_EQ(reader.read({}).unread, "not-a-picture");
  // Cut off within what comes before the pixels, where they begin, and among them.
  const std::string whole = made(forge::Damage::lowres, forge::Forgery::none, 6).file;
  for (const std::size_t size : {std::size_t{3}, std::size_t{30}, std::size_t{160},
                                 std::size_t{620}, std::size_t{700}, whole.size() / 3}) {
    EXPECT_EQ(reader.read(bytes_of(whole.substr(0, size))).unread, "truncated") << size;
  }
}

TEST(Answer, ComesBackAsItWas) {
  ReadSheet sheet;
  sheet.code =
      SheetCode{std::string("a\0b\xFF", 4), "bent", true, 3, 4, 5, {1, 2, 3, 4, 5, 6, 7, 8}};
  sheet.print = PrintReading{{1, 0, 9999},
                             2,
                             3,
                             1,
                             {{"EL CAMBIO", 7, 1, {10, 20}}},
                             {{"valid", {5, 6}, {{40, 900'000}, {48, 50'000}}}}};
  sheet.fingerprint = likeness::Fingerprint{{1, 2, 3, 4}};
  const std::string text = to_text(sheet);
  const auto back = read_sheet_from_text(text);
  ASSERT_TRUE(back) << to_string(back.error());
  EXPECT_EQ(to_text(*back), text);
  EXPECT_EQ(back->code->payload, sheet.code->payload);
  EXPECT_EQ(back->print->contradictions.front().name, "EL CAMBIO");
  const auto unread = read_sheet_from_text(to_text({std::nullopt, "no-code", {}, {}}));
  ASSERT_TRUE(unread);
  EXPECT_EQ(unread->unread, "no-code");
}

// A reader that was taken over may answer anything.
TEST(Answer, ThatIsNoneIsRefused) {
  for (const char* text :
       {"", "{}", "[]", "{\"unread\":\"\"}", "{\"unread\":1}", "{\"code\":{},\"unread\":\"x\"}",
        "{\"code\":{}}", "{\"code\":[]}", "{\"print\":{},\"unread\":\"x\"}"}) {
    EXPECT_FALSE(read_sheet_from_text(text)) << text;
  }
  ReadSheet sheet;
  sheet.code = SheetCode{"x", "plain", false, 0, 0, 9, {1, 2, 3, 4, 5, 6, 7, 8}};
  sheet.print = PrintReading{{1, 2}, 2, 2, 2, {}, {}};
  sheet.fingerprint = likeness::Fingerprint{{1, 2, 3, 4}};
  const std::string whole = to_text(sheet);
  std::mt19937 random(1);
  for (int i = 0; i < 3000; ++i) {
    std::string text = whole;
    text[random() % text.size()] = static_cast<char>(random() % 128);
    if (const auto read = read_sheet_from_text(text)) to_text(*read);
  }
}

}  // namespace
}  // namespace scr::reading
