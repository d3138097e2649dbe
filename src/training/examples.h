// SPDX-License-Identifier: Apache-2.0
//
// Labelled cells of digits, off generated sheets: printed, photographed badly, saved as JPEG,
// looked at as the reader looks.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "forge/chance.h"
#include "forge/damage.h"
#include "forge/font.h"
#include "print/digits.h"

namespace scr::training {

struct Example {
  print::Cell cell;
  std::uint8_t sign = 0;  // 0 .. 9, print::kBlank
};

// Of one sheet whose numbers are drawn so that all digits are as frequent; each cell `times`, moved
// about as far as rows are placed wrongly. Blurred: blur that is there is made strong.
Result<std::vector<Example>> examples_of_sheet(const election::Definition& definition,
                                               const forge::Font& font, forge::Damage damage,
                                               print::Focus focus, int times,
                                               forge::Chance& chance);

}  // namespace scr::training
