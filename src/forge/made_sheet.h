// SPDX-License-Identifier: Apache-2.0
//
// One test sheet, made from its seed: figures, print, damage, picture. The same seed gives the same
// bytes on every machine, so that a picture that was measured can be made again by its name:
// sheetforge --classes CLASS --first NUMBER --seed SEED.
//
// Pure; any thread with a font of its own.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "forge/damage.h"
#include "forge/font.h"
#include "forge/sheet.h"

namespace scr::forge {

// Seeds from here on are held out: nothing may be tuned on them.
inline constexpr std::uint64_t kHeldOut = std::uint64_t{1} << 32;

struct SheetRequest {
  Damage damage = Damage::scan;
  int number = 0;  // of the sheet in its class, from 0
  std::uint64_t seed = 1;
  Forgery forgery = Forgery::none;
  bool has_code = true;
  bool zero = false;               // as printed before voting begins
  std::optional<Figures> figures;  // invented if there are none
  std::optional<Effects> effects;  // instead of those of the class
  // Instead of those of the class: this one alone, by set_effect (ladder.h).
  std::optional<std::pair<std::string, double>> alone;
  std::optional<qr::Level> level;  // a quarter L, the others M, if left out
  bool two = false;                // another, invented, at its right on the same picture
};

struct MadeSheet {
  SheetPlan plan;
  Print print;
  Effects effects;
  Photograph photo;
  std::string jpeg;               // the file
  std::vector<MadeSheet> beside;  // the other on the picture, if two were asked for; no file
};

// A form to be filled in by hand if the definition's first sheet format has one. bad_input as
// print_sheet and print_form have it, or if there is no such effect.
Result<MadeSheet> make_sheet(const SheetRequest& request, const election::Definition& definition,
                             const Font& font);

}  // namespace scr::forge
