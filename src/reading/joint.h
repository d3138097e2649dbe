// SPDX-License-Identifier: Apache-2.0
//
// Help for a code that is beyond repair: payloads as they would be, with the bits left open that
// are not known. Of all payloads of a form the grammar tells some, printed numbers tell more.
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "election/definition.h"
#include "print/numbers.h"
#include "reading/form.h"

namespace scr::reading {

// Likeliest first, at most `most`: numbers of which the print is not sure take turns. `numbers`:
// one for each of form.numbers. Each as examples for qr::read_knowing: of the station's code at the
// payload's beginning only what the pattern says is known.
std::vector<std::vector<std::string>> payloads_by_print(
    const SheetForm& form, const std::vector<print::NumberReading>& numbers, std::size_t most);

// A hundred payloads of one of the formats, all that its grammar leaves open drawn at random, the
// same each time: for qr::Effort::examples. None of a format whose code has no counts.
std::vector<std::string> payload_examples(const election::SheetFormat& format);

}  // namespace scr::reading
