// SPDX-License-Identifier: Apache-2.0
// rooms: forge picture reading
//
// The whole reader over a corpus, class by class: at least so many are read, and none is misread.
// A wrong number that looks right is the one unforgivable thing; "I do not know" is fine. The
// pictures are made here, of seeds, so none has to be kept; who lowers a bound says in the commit
// what was measured.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "forge/made_sheet.h"
#include "picture/decode.h"
#include "reading/read_sheet.h"
#include "tests/known_answers/known.h"

namespace scr {
namespace {

namespace fs = std::filesystem;

constexpr char kFont[] = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf";
constexpr std::uint64_t kSeed = 29;

std::string contents_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const election::Definition& definition_of(const std::string& id) {
  static std::map<std::string, election::Definition> known;
  const auto found = known.find(id);
  if (found != known.end()) return found->second;
  const fs::path file = fs::path(SCR_SOURCE_DIR) / "elections" / id / "election.toml";
  return known.emplace(id, election::parse_definition(contents_of(file)).value()).first->second;
}

struct Row {
  const char* election;
  forge::Damage damage;
  int sheets;
  int read_at_least;
};

const Row kTable[] = {
    {"ve-2024", forge::Damage::scan, 2, 2},   {"ve-2024", forge::Damage::faded, 3, 3},
    {"ve-2024", forge::Damage::photo, 2, 2},  {"ve-2024", forge::Damage::lowres, 3, 3},
    {"ve-2024", forge::Damage::blur, 3, 3},   {"ve-2024", forge::Damage::fold, 3, 2},
    {"ve-2024", forge::Damage::damage, 3, 1}, {"ve-2024", forge::Damage::wreck, 3, 1},
    {"made-up", forge::Damage::photo, 1, 1},  {"made-up", forge::Damage::lowres, 2, 2},
};

forge::MadeSheet made(const Row& row, int number, bool has_code = true) {
  const auto font = forge::Font::load(kFont);
  return forge::make_sheet(
             {.damage = row.damage, .number = number, .seed = kSeed, .has_code = has_code},
             definition_of(row.election), *font)
      .value();
}

enum class Verdict { read, unread, misread };
Verdict verdict(const reading::ReadSheet& seen, const std::string& payload) {
  if (!seen.code) return Verdict::unread;
  return seen.code->payload == payload ? Verdict::read : Verdict::misread;
}

TEST(Sheets, AreReadOrLeftToPeopleAndNeverMisread) {
  for (const Row& row : kTable) {
    const reading::SheetReader reader(definition_of(row.election));
    int read = 0;
    for (int i = 0; i < row.sheets; ++i) {
      const forge::MadeSheet sheet = made(row, i);
      const auto seen = reader.read(bytes_of(sheet.jpeg));
      const Verdict what = verdict(seen, sheet.print.payload);
      EXPECT_NE(what, Verdict::misread) << row.election << " " << forge::name_of(row.damage) << " "
                                        << i << ": " << seen.code->payload;
      if (what == Verdict::read) ++read;
    }
    EXPECT_GE(read, row.read_at_least) << row.election << " " << forge::name_of(row.damage);
  }
}

TEST(Sheets, WithoutACodeGiveNothing) {
  const Row bare[] = {{"ve-2024", forge::Damage::lowres, 1, 0},
                      {"made-up", forge::Damage::wreck, 1, 0}};
  for (const Row& row : bare) {
    const auto seen =
        reading::SheetReader(definition_of(row.election)).read(bytes_of(made(row, 0, false).jpeg));
    EXPECT_FALSE(seen.code) << forge::name_of(row.damage) << ": " << seen.code->payload;
  }
}

std::string saved(const image::Rgb& picture) {
  return forge::save_jpeg(picture, {});
}

TEST(Sheets, EmptyPicturesGiveNothing) {
  const reading::SheetReader reader(definition_of("made-up"));
  constexpr int kSide = 700;
  constexpr std::size_t kBytes = std::size_t{3} * kSide * kSide;
  std::vector<std::string> files{"", "no picture"};
  for (const int grey : {0, 128, 255}) {
    files.push_back(saved({kSide, kSide, image::Pixels(kBytes, static_cast<std::uint8_t>(grey))}));
  }
  image::Rgb noise{kSide, kSide, image::Pixels(kBytes, 0)};
  image::Rgb squares = noise;  // as large as modules, black or white by chance
  forge::Chance chance(kSeed);
  for (auto& byte : noise.pixels) byte = static_cast<std::uint8_t>(chance.whole(0, 255));
  for (std::size_t y = 0; y < kSide; y += 7) {
    for (std::size_t x = 0; x < kSide; x += 7) {
      const std::uint8_t shade = chance.happens(0.5) ? 255 : 0;
      for (std::size_t k = 0; k < 49; ++k) {
        for (std::size_t c = 0; c < 3; ++c)
          squares.pixels[3 * ((y + k / 7) * kSide + x + k % 7) + c] = shade;
      }
    }
  }
  files.push_back(saved(noise));
  files.push_back(saved(squares));
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto seen = reader.read(bytes_of(files[i]));
    EXPECT_FALSE(seen.code) << i << ": " << seen.code->payload;
    EXPECT_FALSE(seen.print) << i;
  }
}

TEST(Sheets, CutOffAnywhereAreNeverMisread) {
  const Row row{"made-up", forge::Damage::lowres, 1, 1};
  const forge::MadeSheet sheet = made(row, 0);
  const reading::SheetReader reader(definition_of(row.election));
  for (std::size_t i = 1; i < 8; ++i) {
    const auto part = std::string_view(sheet.jpeg).substr(0, sheet.jpeg.size() * i / 8);
    EXPECT_NE(verdict(reader.read(bytes_of(part)), sheet.print.payload), Verdict::misread) << i;
  }
}

// Pictures of another making, which are not part of the repository.
TEST(Sheets, OfAnotherMakingAreNeverMisread) {
  const fs::path folder = fs::path(SCR_SOURCE_DIR) / ".." / "shared" / "data" / "sheets";
  if (std::getenv("CI") != nullptr) GTEST_SKIP() << "not in CI";
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not there";
  // Of eight in each class.
  const std::map<char, int> at_least{{'A', 8}, {'B', 8}, {'C', 8}, {'D', 8},
                                     {'E', 7}, {'F', 8}, {'G', 5}, {'H', 7}};
  const reading::SheetReader reader(definition_of("ve-2024"));
  std::map<char, int> read;
  for (const auto& item : fs::directory_iterator(folder)) {
    if (item.path().extension() != ".jpg") continue;
    const std::string truth = contents_of(fs::path(item.path()).replace_extension(".json"));
    const auto payload = Known::text(truth)["payload"].get<std::string>();
    const std::string file = contents_of(item.path());
    const Verdict what = verdict(reader.read(bytes_of(file)), payload);
    EXPECT_NE(what, Verdict::misread) << item.path();
    if (what == Verdict::read) ++read[item.path().filename().string()[0]];
  }
  for (const auto& [letter, least] : at_least) EXPECT_GE(read[letter], least) << letter;
}

}  // namespace
}  // namespace scr
