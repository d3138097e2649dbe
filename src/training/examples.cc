// SPDX-License-Identifier: Apache-2.0
#include "training/examples.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "forge/figures.h"
#include "forge/sheet.h"
#include "picture/decode.h"
#include "print/numbers.h"

namespace scr::training {
namespace {

using image::Point;

// So that every digit and every length is as frequent.
void draw_numbers(forge::Figures& figures, forge::Chance& chance) {
  const auto number = [&] {
    const int length = chance.whole(1, 4);
    std::uint64_t value = 0;
    for (int i = 0; i < length; ++i)
      value =
          value * 10 + static_cast<std::uint64_t>(chance.whole(i == 0 && length > 1 ? 1 : 0, 9));
    return value;
  };
  for (std::uint64_t& line : figures.lines) line = number();
  figures.null = number();
  figures.invalid = number();
  figures.registered = number();
}

Point between(Point a, Point b) {
  return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

// The row of a field, from the truth.
print::PlacedRow row_of(const forge::Field& field, double letter) {
  const Point right = between(field.number[1], field.number[2]);
  const Point left = between(field.number[0], field.number[3]);
  const double wide = static_cast<double>(field.text.size()) * letter;
  const Point top = between(field.number[0], field.number[1]);
  const Point foot = between(field.number[3], field.number[2]);
  return {right,
          {(right.x - left.x) / wide, (right.y - left.y) / wide},
          {(foot.x - top.x) / 27, (foot.y - top.y) / 27}};
}

// As far as a code is still read, and a little further.
void make_blur_strong(forge::Effects& effects, forge::Chance& chance) {
  if (effects.defocus > 0) effects.defocus = chance.between(0.5, 1.1);
  if (effects.motion > 0) effects.motion = chance.between(0.9, 2);
}

}  // namespace

Result<std::vector<Example>> examples_of_sheet(const election::Definition& definition,
                                               const forge::Font& font, forge::Damage damage,
                                               print::Focus focus, int times,
                                               forge::Chance& chance) {
  forge::Figures figures = forge::invented_figures(definition, chance);
  draw_numbers(figures, chance);
  forge::SheetPlan plan = forge::plan_of(figures, forge::Forgery::none, chance);
  plan.has_code = false;
  plan.printed_valid %= 10000;
  plan.printed_cast %= 10000;
  SCR_TRY(print, forge::print_sheet(plan, definition, font, qr::Level::M, 6));
  forge::Effects effects = forge::effects_of(damage, print, chance);
  if (focus == print::Focus::blurred) make_blur_strong(effects, chance);
  const forge::Photograph photo = forge::photograph(print, effects, chance);
  const std::string file = forge::save_jpeg(photo.picture, effects);
  const auto gray = picture::decode_gray(bytes_of(file));
  if (!gray) return fail(ErrorCode::bad_input, gray.error().why);
  const double letter = font.advance(22);
  std::vector<Example> examples;
  for (const forge::Field& field : photo.fields) {
    if (field.kind == "code" || field.text.size() > print::kMostDigits) continue;
    const print::PlacedRow exact = row_of(field, letter);
    for (int time = 0; time < times; ++time) {
      print::PlacedRow row = exact;
      const double scale = chance.between(0.94, 1.06);
      row.across = {row.across.x * scale, row.across.y * scale};
      const double taller = chance.between(0.94, 1.06);
      row.down = {row.down.x * taller, row.down.y * taller};
      const double aside = chance.between(-1.8, 1.8);
      const double lower = chance.between(-2.0, 2.0);
      print::RowLevels levels = print::levels_of(*gray, row, letter);
      levels.contrast *= static_cast<float>(chance.between(0.8, 1.25));
      const auto length = static_cast<int>(field.text.size());
      for (int place = 0; place < static_cast<int>(print::kMostDigits); ++place) {
        const bool blank = place >= length;
        // One blank a number is plenty, mostly the first before it.
        if (blank && place > length && !chance.happens(0.2)) continue;
        const auto sign = blank
                              ? print::kBlank
                              : static_cast<std::size_t>(
                                    field.text[static_cast<std::size_t>(length - 1 - place)] - '0');
        examples.push_back({print::cell_of(*gray, row, levels, letter, place, aside, lower, focus),
                            static_cast<std::uint8_t>(sign)});
      }
    }
  }
  return examples;
}

}  // namespace scr::training
