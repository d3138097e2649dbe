// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "forge/again.h"
#include "forge/damage.h"
#include "forge/figures.h"
#include "forge/form.h"
#include "forge/handwriting.h"
#include "forge/ladder.h"

namespace scr::forge {
namespace {

const election::Definition& honduras() {
  static const election::Definition definition = [] {
    std::ifstream in(std::string(SCR_SOURCE_DIR) + "/elections/hn-2025/election.toml");
    return *election::parse_definition(std::string{std::istreambuf_iterator<char>(in), {}});
  }();
  return definition;
}

Print form_of(std::uint64_t seed, Forgery forgery) {
  static const auto font = Font::load("/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf");
  Chance chance(seed);
  const Figures figures = invented_figures(honduras(), chance);
  const SheetPlan plan = plan_of(figures, forgery, chance);
  return *print_form(plan, honduras(), *font, qr::Level::M, 2, chance);
}

TEST(InSpanish, SaysNumbers) {
  const std::pair<std::uint64_t, const char*> kSaid[] = {{0, "CERO"},
                                                         {21, "VEINTIUNO"},
                                                         {30, "TREINTA"},
                                                         {45, "CUARENTA Y CINCO"},
                                                         {100, "CIEN"},
                                                         {101, "CIENTO UNO"},
                                                         {408, "CUATROCIENTOS OCHO"},
                                                         {999, "NOVECIENTOS NOVENTA Y NUEVE"},
                                                         {1000, "MIL"},
                                                         {2015, "DOS MIL QUINCE"}};
  for (const auto& [number, said] : kSaid) EXPECT_EQ(in_spanish(number), said);
}

TEST(Form, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const Print one = form_of(1, Forgery::none);
  const Print same = form_of(1, Forgery::none);
  const Print other = form_of(2, Forgery::none);
  EXPECT_EQ(one.dots.pixels, same.dots.pixels);
  ASSERT_EQ(one.ink.size(), same.ink.size());
  EXPECT_EQ(one.ink[0].points, same.ink[0].points);
  EXPECT_NE(one.payload, other.payload);
  EXPECT_EQ(one.code.size, 25) << "version 2, as the real forms have";
  EXPECT_EQ(one.payload.size(), 16u);
}

TEST(Form, SumsItsBoxes) {
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    const Print form = form_of(seed, Forgery::none);
    int sum = 0;
    for (const Field& field : form.fields) {
      ASSERT_EQ(field.kind, "boxes");
      if (field.name == "cast") {
        EXPECT_EQ(std::stoi(field.text), sum);
      } else {
        sum += std::stoi(field.text);
      }
    }
  }
}

TEST(Ladder, SetsOneEffectAndRefusesOthers) {
  const Print form = form_of(3, Forgery::none);
  Chance chance(1);
  Effects effects;
  EXPECT_TRUE(set_effect(effects, "module", 1.5, form, chance));
  EXPECT_EQ(effects.module, 1.5);
  EXPECT_TRUE(set_effect(effects, "crease", 8, form, chance));
  ASSERT_EQ(effects.creases.size(), 1u);
  EXPECT_EQ(effects.creases[0].width, 8);
  EXPECT_TRUE(set_effect(effects, "dead-columns", 3, form, chance));
  EXPECT_EQ(effects.dead_columns, 3);
  EXPECT_TRUE(set_effect(effects, "ink", 0.2, form, chance));
  double area = 0;
  for (const Stroke& stroke : effects.strokes) area += stroke.width / 125;
  EXPECT_NEAR(area, 0.2, 0.01) << "of a code of 125 dots";
  EXPECT_FALSE(set_effect(effects, "rain", 1, form, chance));
}

TEST(Beside, MovesTheTruthOfTheSheetAtTheRight) {
  const Print form = form_of(4, Forgery::none);
  Chance chance(2);
  const Effects effects = effects_of(Damage::small, form, chance);
  const Photograph left = photograph(form, effects, chance);
  Photograph right = photograph(form, effects, chance);
  const double before = right.code_corners[0].x;
  const Photograph both = beside(left, right);
  EXPECT_GT(both.picture.width, 2 * left.picture.width);
  EXPECT_EQ(both.code_corners, left.code_corners);
  const double aside = right.code_corners[0].x - before;
  EXPECT_GT(aside, left.picture.width);
  EXPECT_EQ(right.picture.width, both.picture.width);
}

}  // namespace
}  // namespace scr::forge
