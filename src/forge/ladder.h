// SPDX-License-Identifier: Apache-2.0
//
// Effects one at a time, each in one number: for asking where a reader breaks. Pure; any thread.

#pragma once

#include <string>
#include <string_view>

#include "forge/damage.h"

namespace scr::forge {

// A clean picture with this one effect. False if there is no such effect. By name, with its unit:
//   module (pixels), defocus, motion (modules), darkness (0-1), noise (grey levels), perspective
//   (share of the width), curl (dots), turn (degrees), quality (JPEG), exposure, gradient, shadow,
//   glare (shares), crease (width in dots, across the code), ink (share of the code that a pen
//   covers), dead-columns (of the print head)
bool set_effect(Effects& effects, std::string_view name, double value, const Print& print,
                Chance& chance);

// "module, defocus, ...", for people.
std::string known_effects();

}  // namespace scr::forge
