// SPDX-License-Identifier: Apache-2.0
#include "forge/made_sheet.h"

#include <algorithm>
#include <utility>

#include "forge/again.h"
#include "forge/figures.h"
#include "forge/form.h"
#include "forge/ladder.h"

namespace scr::forge {
namespace {

// A quarter of the codes are of the smaller version and correct less.
constexpr double kSmallCodes = 0.25;

Result<Print> printed(const SheetPlan& plan, const SheetRequest& request,
                      const election::Definition& definition, const Font& font, Chance& chance) {
  const bool small = chance.happens(kSmallCodes);
  const qr::Level level = request.level.value_or(small ? qr::Level::L : qr::Level::M);
  if (!definition.sheets.empty() && definition.sheets.front().form)
    return print_form(plan, definition, font, level, 2, chance);
  return print_sheet(plan, definition, font, level, small ? 5 : 6);
}

// `light`: of the sheet beside it, if there is one.
Result<MadeSheet> one_sheet(const SheetRequest& request, Figures own, const Effects* light,
                            const election::Definition& definition, const Font& font,
                            Chance& chance) {
  if (request.zero) {
    std::fill(own.lines.begin(), own.lines.end(), 0);
    own.null = own.invalid = 0;
  }
  MadeSheet made;
  made.plan = plan_of(own, request.forgery, chance);
  made.plan.has_code = request.has_code;
  SCR_TRY(print, printed(made.plan, request, definition, font, chance));
  made.print = std::move(print);
  made.effects = light != nullptr ? *light : effects_of(request.damage, made.print, chance);
  if (request.effects) made.effects = *request.effects;
  if (request.alone) {
    made.effects = {};
    const auto& [name, value] = *request.alone;
    if (!set_effect(made.effects, name, value, made.print, chance))
      return fail(ErrorCode::bad_input, "is no effect; there are " + known_effects(), name);
  }
  made.photo = photograph(made.print, made.effects, chance);
  if (made.effects.again) made.photo = copied(made.photo, made.effects, chance);
  return made;
}

}  // namespace

Result<MadeSheet> make_sheet(const SheetRequest& request, const election::Definition& definition,
                             const Font& font) {
  Chance chance(request.seed * 1'000'003 + static_cast<std::uint64_t>(request.number) * 64 +
                static_cast<std::uint64_t>(name_of(request.damage)[0] - 'A'));
  Figures own = request.figures ? *request.figures : invented_figures(definition, chance);
  SCR_TRY(made, one_sheet(request, std::move(own), nullptr, definition, font, chance));
  if (request.two) {
    SCR_TRY(other, one_sheet(request, invented_figures(definition, chance), &made.effects,
                             definition, font, chance));
    made.photo = beside(made.photo, other.photo);
    made.beside.push_back(std::move(other));
  }
  made.jpeg = save_jpeg(made.photo.picture, made.effects);
  return made;
}

}  // namespace scr::forge
