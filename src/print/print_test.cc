// SPDX-License-Identifier: Apache-2.0
//
// On generated sheets, whose truth is known: where rows lie and what numbers say.
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>

#include <gtest/gtest.h>

#include "forge/damage.h"
#include "forge/figures.h"
#include "forge/font.h"
#include "picture/decode.h"
#include "print/numbers.h"
#include "print/rails.h"
#include "reading/form.h"

namespace scr::print {
namespace {

constexpr char kFont[] = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf";

const election::Definition& venezuela() {
  static const election::Definition definition = [] {
    std::ifstream in(std::string(SCR_SOURCE_DIR) + "/elections/ve-2024/election.toml");
    return *election::parse_definition(std::string{std::istreambuf_iterator<char>(in), {}});
  }();
  return definition;
}

struct Sheet {
  image::Gray picture;
  image::Quad code;
  int modules = 0;
  std::vector<forge::Field> fields;  // rows with numbers, top to foot
};

// `defocus`: in modules, in place of what the class has.
Sheet sheet_of(forge::Damage damage, std::uint64_t seed,
               std::optional<double> defocus = std::nullopt) {
  forge::Chance chance(seed);
  const auto font = forge::Font::load(kFont);
  EXPECT_TRUE(font);
  const auto figures = forge::invented_figures(venezuela(), chance);
  const auto plan = forge::plan_of(figures, forge::Forgery::none, chance);
  const auto print = forge::print_sheet(plan, venezuela(), *font, qr::Level::M, 6);
  EXPECT_TRUE(print);
  forge::Effects effects = forge::effects_of(damage, *print, chance);
  if (defocus) effects.defocus = *defocus;
  const forge::Photograph photo = forge::photograph(*print, effects, chance);
  const std::string file = forge::save_jpeg(photo.picture, effects);
  Sheet sheet{*picture::decode_gray(bytes_of(file)), photo.code_corners, print->code.size, {}};
  for (const forge::Field& field : photo.fields) {
    if (field.kind != "code") sheet.fields.push_back(field);
  }
  return sheet;
}

class OfClass : public testing::TestWithParam<forge::Damage> {};

TEST_P(OfClass, RowsAreFoundAndNumbersRead) {
  const Layout layout = reading::forms_of(venezuela()).front().layout;
  int right = 0;
  int all = 0;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Sheet sheet = sheet_of(GetParam(), seed);
    const auto placement = place_rows(sheet.picture, sheet.code, sheet.modules, layout);
    ASSERT_TRUE(placement);
    const NumberReader reader(sheet.picture, layout, *placement, Focus::sharp);
    ASSERT_EQ(reader.size(), sheet.fields.size());
    std::size_t k = 0;
    for (std::size_t i = 0; i < layout.rows.size(); ++i) {
      if (layout.rows[i].kind != RowKind::number) continue;
      const PlacedRow& row = placement->rows[i];
      const image::Quad& truth = sheet.fields[k].number;
      const double dot = std::hypot(row.down.x, row.down.y);
      const double away = std::hypot(row.end.x - (truth[1].x + truth[2].x) / 2,
                                     row.end.y - (truth[1].y + truth[2].y) / 2);
      EXPECT_LT(away / dot, 12) << "row " << i;
      if (std::to_string(reader.read(k).value) == sheet.fields[k].text) ++right;
      ++all;
      ++k;
    }
  }
  EXPECT_GE(right, all * 98 / 100) << "of " << all;
}

INSTANTIATE_TEST_SUITE_P(Classes, OfClass,
                         testing::Values(forge::Damage::scan, forge::Damage::faded,
                                         forge::Damage::photo, forge::Damage::lowres,
                                         forge::Damage::fold));

// Where strokes have run into each other, people still read most of it.
TEST(NumberReader, ReadsWhatIsOutOfFocusByAModule) {
  const Layout layout = reading::forms_of(venezuela()).front().layout;
  std::map<Focus, int> right;
  int all = 0;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Sheet sheet = sheet_of(forge::Damage::scan, seed, 0.95);
    const auto placement = place_rows(sheet.picture, sheet.code, sheet.modules, layout);
    ASSERT_TRUE(placement);
    for (const Focus focus : {Focus::sharp, Focus::blurred}) {
      const NumberReader reader(sheet.picture, layout, *placement, focus);
      for (std::size_t i = 0; i < reader.size(); ++i) {
        if (std::to_string(reader.read(i).value) == sheet.fields[i].text) ++right[focus];
      }
    }
    all += static_cast<int>(sheet.fields.size());
  }
  EXPECT_GE(right[Focus::blurred], all * 98 / 100) << "of " << all;
  EXPECT_LT(right[Focus::sharp], all * 90 / 100) << "else nobody needs the other";
}

// What the form says of the place of its rows is quicker where it is right, and nothing else.
TEST(PlaceRows, AreTheSameWhateverTheFormPromises) {
  Layout layout = reading::forms_of(venezuela()).front().layout;
  for (const auto damage : {forge::Damage::scan, forge::Damage::photo}) {
    const Sheet sheet = sheet_of(damage, 4);
    std::vector<Placement> placements;
    for (const double to_code : {0.0, 850.0, 200.0, 3000.0}) {
      layout.to_code = to_code;
      const auto placement = place_rows(sheet.picture, sheet.code, sheet.modules, layout);
      ASSERT_TRUE(placement) << to_code;
      placements.push_back(*placement);
    }
    for (const Placement& other : placements) {
      for (std::size_t i = 0; i < other.rows.size(); ++i) {
        const PlacedRow& row = placements.front().rows[i];
        const double away =
            std::hypot(other.rows[i].end.x - row.end.x, other.rows[i].end.y - row.end.y);
        EXPECT_LT(away / std::hypot(row.down.x, row.down.y), 4) << "row " << i;
      }
    }
  }
}

TEST(PlaceRows, SeesNoTableWhereThereIsNone) {
  const Layout layout = reading::forms_of(venezuela()).front().layout;
  const image::Quad code{image::Point{200, 1800}, {400, 1800}, {400, 2000}, {200, 2000}};
  const auto white = place_rows(image::white(600, 2100), code, 41, layout);
  EXPECT_TRUE(!white || white->clarity < 0.05);
  image::Gray noise = image::white(600, 2100);
  forge::Chance chance(1);
  for (auto& pixel : noise.pixels) pixel = static_cast<std::uint8_t>(chance.whole(0, 255));
  const auto seen = place_rows(noise, code, 41, layout);
  EXPECT_TRUE(!seen || seen->clarity < 0.12);
  // Corners of no use: nothing, and no crash.
  EXPECT_FALSE(place_rows(noise, {}, 41, layout));
  EXPECT_FALSE(place_rows(image::white(5, 5), code, 41, layout));
}

// A clean scan that something happens to about one of its rows with a number.
class SpoiltNumber : public testing::Test {
 public:
  static constexpr std::size_t kSpoilt = 20;

  SpoiltNumber() {
    const auto placement = place_rows(sheet_.picture, sheet_.code, sheet_.modules, layout_);
    if (!placement) throw std::runtime_error("no rows");
    placement_ = *placement;
    std::size_t number = 0;
    for (std::size_t i = 0; i < layout_.rows.size(); ++i) {
      if (layout_.rows[i].kind == RowKind::number && number++ == kSpoilt) row_ = placement_.rows[i];
    }
  }
  NumberReader reader() const { return {sheet_.picture, layout_, placement_, Focus::sharp}; }
  // The pixels of dots above to below the number's end, as far as `right` of it.
  template <class Change>
  void change(double above, double below, double right, Change changed) {
    const image::Point end = row_.end;
    const double dot = std::hypot(row_.down.x, row_.down.y);
    const int edge = std::min(sheet_.picture.width, static_cast<int>(end.x + right * dot));
    for (int y = static_cast<int>(end.y - above * dot); y < end.y + below * dot; ++y) {
      for (int x = 0; x < edge; ++x)
        sheet_.picture.at(x, y) = static_cast<std::uint8_t>(changed(sheet_.picture.at(x, y)));
    }
  }

 private:
  Layout layout_ = reading::forms_of(venezuela()).front().layout;
  Sheet sheet_ = sheet_of(forge::Damage::scan, 4);
  Placement placement_;
  PlacedRow row_;
};

TEST_F(SpoiltNumber, IsNotTakenForOneOnAGoodScan) {
  for (std::size_t i = 0; i < reader().size(); ++i) EXPECT_TRUE(reader().on_even_paper(i, 3)) << i;
}

// A shadow that ends in the middle of a digit may make another of it.
TEST_F(SpoiltNumber, IsNoticedByTheEndOfAShadow) {
  change(13, 13, -6, [](int pixel) { return pixel * 5 / 10; });
  EXPECT_FALSE(reader().on_even_paper(kSpoilt, 3));
  EXPECT_TRUE(reader().on_even_paper(kSpoilt - 2, 3));
}

// Along a fold print rubs off, and the paper that shows there is lighter or darker than elsewhere.
TEST_F(SpoiltNumber, IsNoticedByAFoldThroughIt) {
  change(4, 6, 1e4, [](int pixel) { return pixel + (255 - pixel) * 9 / 10; });
  EXPECT_FALSE(reader().on_even_paper(kSpoilt, 1));
  EXPECT_TRUE(reader().on_even_paper(kSpoilt - 2, 1));
}

TEST(Classify, SharesBeliefAmongElevenSigns) {
  forge::Chance chance(2);
  for (int i = 0; i < 50; ++i) {
    Cell cell;
    for (float& value : cell) value = static_cast<float>(chance.between(-0.5, 1.5));
    double sum = 0;
    for (const float share : classify(cell, Focus::sharp))
      sum += std::exp(static_cast<double>(share));
    EXPECT_NEAR(sum, 1, 1e-4);
  }
  Cell blank{};
  const LogShares shares = classify(blank, Focus::sharp);
  EXPECT_GT(shares[kBlank], std::log(0.9F));
}

TEST(NumberReading, BelievesInNumbersAsInTheirDigits) {
  NumberReading number;
  for (LogShares& cell : number.cells) cell.fill(-9);
  number.cells[0][7] = -0.1F;
  number.cells[0][1] = -3;
  number.cells[1][4] = -0.2F;
  number.cells[1][kBlank] = -2;
  number.cells[2][kBlank] = number.cells[3][kBlank] = -0.01F;
  EXPECT_EQ(number.likeliest(3), (std::vector<std::uint64_t>{47, 7, 41}));
  EXPECT_NEAR(number.belief(47), -0.32, 1e-4);
  EXPECT_GT(number.belief(47), number.belief(7));
  EXPECT_GT(number.belief(7), number.belief(8));
  EXPECT_LT(number.belief(10'000), -900);
}

}  // namespace
}  // namespace scr::print
