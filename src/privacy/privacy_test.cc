// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "forge/made_sheet.h"
#include "image/image.h"
#include "privacy/decide.h"
#include "privacy/mask_file.h"
#include "privacy/parts.h"
#include "redact/cell_picture.h"

namespace scr::privacy {
namespace {

constexpr char kFont[] = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf";

election::Definition definition_of(const std::string& election) {
  std::ifstream in(std::string(SCR_SOURCE_DIR) + "/elections/" + election + "/election.toml");
  return *election::parse_definition(std::string{std::istreambuf_iterator<char>(in), {}});
}

forge::MadeSheet sheet_of(const election::Definition& definition, forge::Damage damage,
                          std::uint64_t seed) {
  return *forge::make_sheet({.damage = damage, .seed = seed}, definition,
                            *forge::Font::load(kFont));
}

image::Point middle_of(const image::Quad& quad) {
  image::Point middle;
  for (const image::Point& corner : quad) {
    middle.x += corner.x / 4;
    middle.y += corner.y / 4;
  }
  return middle;
}

image::Quad spot(image::Point at) {
  return {image::Point{at.x - 1, at.y - 1},
          {at.x + 1, at.y - 1},
          {at.x + 1, at.y + 1},
          {at.x - 1, at.y + 1}};
}

image::Quad rectangle(double left, double top, double right, double foot) {
  return {image::Point{left, top}, {right, top}, {right, foot}, {left, foot}};
}

TEST(PartsOf, APrintedSheetAreItsNumbersItsCodeAndWhatStandsBetween) {
  const election::Definition definition = definition_of("ve-2024");
  const forge::MadeSheet sheet = sheet_of(definition, forge::Damage::photo, 7);
  const SheetParts parts = parts_of(bytes_of(sheet.jpeg), definition);
  ASSERT_EQ(parts.personal.size(), 1u);
  EXPECT_EQ(parts.figures.size(), 1u + 38 + 6) << "the code, the lines, the totals";
  const redact::Grid grid = redact::CellPicture::open(bytes_of(sheet.jpeg))->grid();
  const cells::Mask mask = mask_of(grid, parts.personal, parts.figures);
  EXPECT_GT(mask.count(), grid.cells() / 20);
  EXPECT_LT(mask.count(), grid.cells() / 2);
  // Not one of the numbers, where they truly are, and nothing of the code.
  for (const forge::Field& field : sheet.photo.fields) {
    EXPECT_FALSE(redact::overlap(parts.personal[0].where, field.number)) << field.kind;
    EXPECT_TRUE(redact::touched(grid, mask, {spot(middle_of(field.number))}).empty())
        << field.kind << ' ' << field.text;
  }
  EXPECT_TRUE(redact::touched(grid, mask, {sheet.photo.code_corners}).empty());
  // What is half way between the last total and the code is hidden.
  const image::Point last = middle_of(sheet.photo.fields.back().line);
  const image::Point code = middle_of(sheet.photo.code_corners);
  const image::Point between{(last.x + code.x) / 2, (last.y + code.y) / 2};
  EXPECT_FALSE(redact::touched(grid, mask, {spot(between)}).empty());
}

TEST(PartsOf, AFormAreItsBoxesAndWhereTheDefinitionSaysThatPeopleSign) {
  const election::Definition definition = definition_of("hn-2025");
  const forge::MadeSheet sheet = sheet_of(definition, forge::Damage::scan, 3);
  const SheetParts parts = parts_of(bytes_of(sheet.jpeg), definition);
  ASSERT_EQ(parts.personal.size(), 1u);
  EXPECT_EQ(parts.personal[0].what, "names, numbers of identity cards and signatures");
  EXPECT_GT(parts.figures.size(), 24u) << "three boxes a row and more";
  EXPECT_TRUE(covered_figures(parts.personal, parts.figures).empty());
  double lowest = 0;
  for (const Part& figure : parts.figures) lowest = std::max(lowest, figure.where[2].y);
  EXPECT_GT(parts.personal[0].where[0].y, lowest) << "below the last row of boxes";
  // Where that is in the picture, by what is known of how it was made.
  const election::HandwrittenForm& form = *definition.sheets.front().form;
  const auto corners = [](const election::Place& at) {
    return image::Quad{image::Point{at[0], at[1]}, {at[2], at[1]}, {at[2], at[3]}, {at[0], at[3]}};
  };
  const image::Quad top = corners(form.rows.front().boxes), foot = corners(form.rows.back().boxes);
  const image::Quad seen_top = sheet.photo.fields.front().number;
  const image::Quad seen_foot = sheet.photo.fields.back().number;
  const auto map = image::Homography::between(
      {top[0], top[1], foot[2], foot[3]}, {seen_top[0], seen_top[1], seen_foot[2], seen_foot[3]});
  const image::Quad there = corners(form.personal.front().place);
  const double width =
      std::hypot(map(form.width, 0).x - map(0, 0).x, map(form.width, 0).y - map(0, 0).y);
  for (std::size_t i = 0; i < 4; ++i) {
    const image::Point at = map(there[i].x, there[i].y);
    const image::Point found = parts.personal[0].where[i];
    EXPECT_LT(std::hypot(at.x - found.x, at.y - found.y), 0.03 * width) << i;
  }
}

TEST(PartsOf, APictureWithoutACodeAreNone) {
  const SheetParts parts = parts_of(bytes_of("no picture"), definition_of("ve-2024"));
  EXPECT_TRUE(parts.personal.empty() && parts.figures.empty());
}

TEST(SheetParts, CrossFromAProcessAsTheyAre) {
  const SheetParts parts{{{"names", rectangle(1, 2, 30, 40)}},
                         {{"code", rectangle(-5, 0, 10, 10)}, {"valid", rectangle(3, 3, 4, 4)}}};
  const std::string text = to_text(parts);
  const auto back = parts_from_text(text);
  ASSERT_TRUE(back) << to_string(back.error());
  EXPECT_EQ(to_text(*back), text);
  EXPECT_EQ(back->figures[0].what, "code");
  EXPECT_EQ(back->figures[0].where[0], (image::Point{-5, 0}));
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_FALSE(parts_from_text(text.substr(0, size)));
  EXPECT_FALSE(parts_from_text(R"({"figures":[["code",1,2,3]],"personal":[]})"));
  EXPECT_FALSE(parts_from_text(R"({"figures":[],"personal":[],"zz":1})"));
}

TEST(Mask, HidesNoFigureAndSaysWhichItWouldHaveCovered) {
  const redact::Grid grid{.width = 640, .height = 640};
  const std::vector<Part> figures{{"PSUV", rectangle(500, 60, 560, 90)},
                                  {"code", rectangle(100, 500, 200, 600)}};
  const std::vector<Part> beside{{"names", rectangle(0, 95, 640, 300)}};
  EXPECT_TRUE(covered_figures(beside, figures).empty());
  const cells::Mask mask = mask_of(grid, beside, figures);
  EXPECT_TRUE(hidden_figures(grid, mask, figures).empty()) << "at the edge the figure wins";
  EXPECT_TRUE(mask.hides(11)) << "what is not a figure's";
  const std::vector<Part> over{{"names", rectangle(0, 80, 640, 510)}};
  EXPECT_EQ(covered_figures(over, figures), (std::vector<std::string>{"PSUV", "code"}));
  EXPECT_EQ(hidden_figures(grid, *cells::Mask::parse("9"), figures),
            std::vector<std::string>{"PSUV"});
}

MaskFile some_file() {
  return {sha256(bytes_of("x")),
          {{"the \"president\"", rectangle(10, 20, 300, 80)},
           {"thumb", {image::Point{10, 20}, {300, 24}, {299, 80}, {9, 77}}}}};
}

TEST(MaskFile, ComesBackAsItWasWritten) {
  const std::string text = text_of(some_file());
  const auto back = parse_mask_file(text);
  ASSERT_TRUE(back) << to_string(back.error());
  EXPECT_EQ(text_of(*back), text);
  EXPECT_EQ(back->hide[0].what, "the \"president\"");
  EXPECT_EQ(back->hide[1].where, some_file().hide[1].where);
  EXPECT_TRUE(parse_mask_file(text_of({sha256(bytes_of("x")), {}}))->hide.empty());
  EXPECT_FALSE(parse_mask_file(text_of({sha256(bytes_of("x")), {}}))->all_may_be_seen);
  EXPECT_TRUE(parse_mask_file(text_of({sha256(bytes_of("x")), {}, true}))->all_may_be_seen);
}

TEST(MaskFile, SaysWhatIsWrongAndWhere) {
  const std::string picture = "picture = \"" + sha256(bytes_of("x")).hex() + "\"\n";
  for (const char* bad :
       {"[[hide]]\nbox = [1, 2, 3]\n", "[[hide]]\nbox = [5, 2, 3, 9]\n",
        "[[hide]]\nbox = [1.5, 2, 3, 4]\n", "[[hide]]\nwhat = \"x\"\n",
        "[[hide]]\nbox = [1, 2, 3, 4]\ncorners = [1, 2, 3, 4, 5, 6, 7, 8]\n",
        "[[hide]]\ncorners = [1, 2, 3, 4, 5, 6, 7]\n", "[[hide]]\nbox = [1, 2, 3, 9999999]\n",
        "[[hide]]\nbox = [1, 2, 3, 4]\ncolour = 1\n", "all_may_be_seen = false\n",
        "all_may_be_seen = true\n[[hide]]\nbox = [1, 2, 3, 4]\n", "hide = 3\n", "hidden = 1\n"}) {
    const auto file = parse_mask_file(picture + bad);
    ASSERT_FALSE(file) << bad;
    EXPECT_EQ(file.error().code, ErrorCode::bad_input);
    EXPECT_EQ(file.error().where.find("line "), 0u) << to_string(file.error());
  }
  EXPECT_FALSE(parse_mask_file("picture = \"00\"\n"));
  EXPECT_FALSE(parse_mask_file(""));
}

}  // namespace
}  // namespace scr::privacy
