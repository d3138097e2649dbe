// SPDX-License-Identifier: Apache-2.0
//
// What messages of one form have in common, as modules of a symbol.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "qr/bits.h"
#include "qr/code.h"

namespace scr::qr {

// +1 dark, -1 light, 0 where they differ or that is no data; by Modules::index. Messages that are
// too long for the version and level cannot be in it and are left out. Empty if fewer are left than
// tell what they have in common from chance.
std::vector<float> common_modules(std::span<const std::string> examples, int version, Level level,
                                  int mask, Segments segments);

}  // namespace scr::qr
