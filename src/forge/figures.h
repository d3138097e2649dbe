// SPDX-License-Identifier: Apache-2.0
//
// What stands on the sheets: from a file of returns, or invented. Pure; any thread.

#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "forge/chance.h"
#include "forge/sheet.h"

namespace scr::forge {

// One for each row. Returns give the votes of options; the lines of an option share them, most in
// the last one, as chance has it. `mapping`: TOML, empty for the columns by convention.
Result<std::vector<Figures>> figures_of_returns(std::string_view csv, std::string_view mapping,
                                                const election::Definition& definition,
                                                std::uint64_t seed);

Figures invented_figures(const election::Definition& definition, Chance& chance);

}  // namespace scr::forge
