// SPDX-License-Identifier: Apache-2.0
#include "forge/made_sheet.h"

#include <algorithm>
#include <utility>

#include "forge/figures.h"

namespace scr::forge {
namespace {

// A quarter of the codes are of the smaller version and correct less.
constexpr double kSmallCodes = 0.25;

}  // namespace

Result<MadeSheet> make_sheet(const SheetRequest& request, const election::Definition& definition,
                             const Font& font) {
  Chance chance(request.seed * 1'000'003 + static_cast<std::uint64_t>(request.number) * 64 +
                static_cast<std::uint64_t>(name_of(request.damage)[0] - 'A'));
  Figures own = request.figures ? *request.figures : invented_figures(definition, chance);
  if (request.zero) {
    std::fill(own.lines.begin(), own.lines.end(), 0);
    own.null = own.invalid = 0;
  }
  MadeSheet made;
  made.plan = plan_of(own, request.forgery, chance);
  made.plan.has_code = request.has_code;
  const bool small = chance.happens(kSmallCodes);
  SCR_TRY(print, print_sheet(made.plan, definition, font, small ? qr::Level::L : qr::Level::M,
                             small ? 5 : 6));
  made.print = std::move(print);
  made.effects = effects_of(request.damage, made.print, chance);
  if (request.effects) made.effects = *request.effects;
  made.photo = photograph(made.print, made.effects, chance);
  made.jpeg = save_jpeg(made.photo.picture, made.effects);
  return made;
}

}  // namespace scr::forge
