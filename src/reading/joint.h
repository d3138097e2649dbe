// SPDX-License-Identifier: Apache-2.0
//
// Printed numbers as help for a code that is beyond repair: payloads as they would be, with the
// bits that print does not tell left open.
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "print/numbers.h"
#include "reading/form.h"

namespace scr::reading {

// Likeliest first, at most `most`: numbers of which the print is not sure take turns. `numbers`:
// one for each of form.numbers. Each as examples for qr::read_knowing: of the station's code at the
// payload's beginning only what the pattern says is known.
std::vector<std::vector<std::string>> payloads_by_print(
    const SheetForm& form, const std::vector<print::NumberReading>& numbers, std::size_t most);

}  // namespace scr::reading
