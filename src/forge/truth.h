// SPDX-License-Identifier: Apache-2.0
//
// The truth beside a picture, as JSON: docs/sheetforge.md. Pure; any thread.

#pragma once

#include <string>
#include <string_view>

#include "forge/damage.h"
#include "forge/sheet.h"

namespace scr::forge {

std::string truth_json(std::string_view name, Damage damage, std::uint64_t seed, const Print& print,
                       const SheetPlan& plan, const Effects& effects, const Photograph& photo,
                       bool held_out);

}  // namespace scr::forge
