// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "forge/again.h"
#include "forge/damage.h"
#include "forge/figures.h"
#include "forge/font.h"
#include "forge/form.h"
#include "reading/handwritten.h"
#include "reading/read_sheet.h"

namespace scr::reading {
namespace {

constexpr char kBoldFont[] = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf";

std::string text_of_definition() {
  std::ifstream in(std::string(SCR_SOURCE_DIR) + "/elections/hn-2025/election.toml");
  return {std::istreambuf_iterator<char>(in), {}};
}

const election::Definition& honduras() {
  static const election::Definition definition = *election::parse_definition(text_of_definition());
  return definition;
}

forge::Print form_of(std::uint64_t seed) {
  forge::Chance chance(seed);
  static const auto font = forge::Font::load(kBoldFont);
  const auto figures = forge::invented_figures(honduras(), chance);
  const auto plan = forge::plan_of(figures, forge::Forgery::none, chance);
  return *forge::print_form(plan, honduras(), *font, qr::Level::M, 2, chance);
}

struct Pictured {
  std::string file;
  forge::Photograph photo;
};

Pictured pictured(const forge::Print& print, forge::Damage damage, std::uint64_t seed) {
  forge::Chance chance(seed);
  const forge::Effects effects = forge::effects_of(damage, print, chance);
  forge::Photograph photo = forge::photograph(print, effects, chance);
  if (effects.again) photo = forge::copied(photo, effects, chance);
  std::string file = forge::save_jpeg(photo.picture, effects);
  return {std::move(file), std::move(photo)};
}

// White, or another form's code, where the QR code was.
void cover_code(forge::Print& print, const forge::Print* other) {
  const auto& corners = print.code_corners;
  for (int y = static_cast<int>(corners[0].y); y < corners[2].y; ++y) {
    for (int x = static_cast<int>(corners[0].x); x < corners[2].x; ++x)
      print.dots.at(x, y) = other != nullptr ? other->dots.at(x, y) : 255;
  }
}

double worst_of(const FormReading& form, const forge::Photograph& photo) {
  double worst = 0;
  for (std::size_t i = 0; i < form.rows.size(); ++i) {
    const image::Quad& truth = photo.fields[i].number;
    const double height = std::hypot(truth[3].x - truth[0].x, truth[3].y - truth[0].y);
    const Corners& first = form.rows[i].boxes.front();
    const Corners& last = form.rows[i].boxes.back();
    worst = std::max({worst, std::hypot(first[0] - truth[0].x, first[1] - truth[0].y) / height,
                      std::hypot(last[4] - truth[2].x, last[5] - truth[2].y) / height});
  }
  return worst;
}

TEST(ReadForm, SaysWhichStationAndWhereItsBoxesAreInPicturesAsTheyAreSentAround) {
  const SheetReader reader(honduras());
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const forge::Print print = form_of(seed);
    const Pictured one = pictured(print, forge::Damage::small, seed);
    EXPECT_LT(one.photo.picture.width, 560);
    const ReadSheet sheet = reader.read(bytes_of(one.file));
    ASSERT_TRUE(sheet.code) << seed << " " << sheet.unread;
    EXPECT_EQ(sheet.code->payload, print.payload);
    EXPECT_EQ(sheet.code->symbology, "qr");
    ASSERT_TRUE(sheet.form) << seed;
    EXPECT_EQ(sheet.form->format, "acta");
    ASSERT_EQ(sheet.form->rows.size(), 8u);
    EXPECT_EQ(sheet.form->rows[1].name, "LIBRE");
    EXPECT_EQ(sheet.form->rows[1].boxes.size(), 3u);
    EXPECT_LT(worst_of(*sheet.form, one.photo), 0.15) << seed;
    EXPECT_FALSE(sheet.print) << "nothing printed is compared with a code that counts nothing";
  }
}

// Real forms have them in yellow, which is nearly white in greys.
TEST(ReadForm, SeesBoxesThatAreOutlinedInALightColour) {
  std::string toml = text_of_definition();
  for (std::size_t at = 0; (at = toml.find("[[sheet.form.frame]]", at)) != std::string::npos;)
    toml.erase(at, toml.find("\n\n", at) - at);
  const auto without_frames = election::parse_definition(toml);
  ASSERT_TRUE(without_frames);
  ASSERT_TRUE(without_frames->sheets[0].form->frames.empty());
  EXPECT_GE(honduras().sheets[0].form->frames.size(), 3u);
  const Pictured one = pictured(form_of(2), forge::Damage::scan, 2);
  const ReadSheet sheet = SheetReader(*without_frames).read(bytes_of(one.file));
  ASSERT_TRUE(sheet.form);
  EXPECT_LT(worst_of(*sheet.form, one.photo), 0.15);
}

TEST(ReadForm, NeverNamesAnotherStationHoweverOftenCopied) {
  const SheetReader reader(honduras());
  int named = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const forge::Print print = form_of(seed);
    const Pictured one = pictured(print, forge::Damage::copied, seed);
    const ReadSheet sheet = reader.read(bytes_of(one.file));
    if (!sheet.code) continue;
    ++named;
    EXPECT_EQ(sheet.code->payload, print.payload) << seed;
    if (sheet.form) EXPECT_LT(worst_of(*sheet.form, one.photo), 0.15) << seed;
  }
  EXPECT_GE(named, 3);  // of 6; measured on many: docs/sheetforge.md
}

TEST(ReadForm, IsNamedByItsBarsWhereTheQrCodeIsGone) {
  forge::Print print = form_of(3);
  cover_code(print, nullptr);
  const Pictured one = pictured(print, forge::Damage::scan, 3);
  const ReadSheet sheet = SheetReader(honduras()).read(bytes_of(one.file));
  ASSERT_TRUE(sheet.code) << sheet.unread;
  EXPECT_EQ(sheet.code->symbology, "code-128");
  EXPECT_EQ(sheet.code->payload, print.payload);
  if (sheet.form) EXPECT_LT(worst_of(*sheet.form, one.photo), 0.15);

  std::string toml = text_of_definition();
  const std::string both = "codes = [\"qr\", \"code-128\"]";
  toml.replace(toml.find(both), both.size(), "codes = [\"qr\"]");
  const auto qr_only = election::parse_definition(toml);
  ASSERT_TRUE(qr_only);
  const ReadSheet unnamed = SheetReader(*qr_only).read(bytes_of(one.file));
  EXPECT_FALSE(unnamed.code) << "the definition does not let bars say it";
  EXPECT_TRUE(unnamed.others.empty());
  const ReadSheet told = SheetReader(*qr_only, true).read(bytes_of(one.file));
  EXPECT_FALSE(told.code);
  ASSERT_EQ(told.others.size(), 1u) << "but what is there can be said";
  EXPECT_EQ(told.others[0].payload, print.payload);
}

TEST(ReadForm, CountsNoneOfTwoCodesThatDiffer) {
  forge::Print print = form_of(4);
  const forge::Print other = form_of(5);
  cover_code(print, &other);
  const ReadSheet sheet =
      SheetReader(honduras()).read(bytes_of(pictured(print, forge::Damage::scan, 4).file));
  EXPECT_FALSE(sheet.code);
  EXPECT_EQ(sheet.unread, "codes-differ");
  ASSERT_EQ(sheet.others.size(), 2u);
  EXPECT_EQ(sheet.others[0].symbology, "code-128");
  EXPECT_EQ(sheet.others[0].payload, print.payload);
  EXPECT_EQ(sheet.others[1].symbology, "qr");
  EXPECT_EQ(sheet.others[1].payload, other.payload);
  EXPECT_FALSE(sheet.form);
}

TEST(Crops, AreTheRowsOfTheFormAndComeBack) {
  const Pictured one = pictured(form_of(6), forge::Damage::small, 6);
  const ReadSheet sheet = SheetReader(honduras()).read(bytes_of(one.file));
  ASSERT_TRUE(sheet.form);
  const auto crops = cut_rows(bytes_of(one.file), *sheet.form);
  ASSERT_EQ(crops.size(), 16u) << "boxes and words of eight rows";
  EXPECT_EQ(crops[3].row, 1u);
  EXPECT_TRUE(crops[3].words);
  EXPECT_EQ(crops[3].picture.height, kCropHeight);
  const std::string bytes = to_bytes(crops);
  const auto back = crops_from_bytes(bytes, *sheet.form);
  ASSERT_TRUE(back);
  EXPECT_EQ(to_bytes(*back), bytes);
  EXPECT_TRUE(crops_from_bytes("", *sheet.form)->empty());
  for (const std::size_t size :
       {std::size_t{1}, std::size_t{2}, bytes.size() / 2, bytes.size() - 1})
    EXPECT_FALSE(crops_from_bytes(bytes.substr(0, size), *sheet.form)) << size;
  EXPECT_FALSE(crops_from_bytes(bytes + "x", *sheet.form));
  EXPECT_FALSE(crops_from_bytes(std::string(bytes.size(), '\0'), *sheet.form));
  const std::string answer = to_text(sheet);
  const auto again = read_sheet_from_text(answer);
  ASSERT_TRUE(again);
  EXPECT_EQ(to_text(*again), answer);
  EXPECT_EQ(again->form->rows[2].words, sheet.form->rows[2].words);
  EXPECT_EQ(answer.find('\n'), std::string::npos) << "what follows it begins behind a line's end";
}

}  // namespace
}  // namespace scr::reading
