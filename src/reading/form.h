// SPDX-License-Identifier: Apache-2.0
//
// What the rows of a printed sheet mean, worked out from the election's definition.
//
// A value; any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "election/definition.h"
#include "election/sheet_payload.h"
#include "print/layout.h"

namespace scr::reading {

// One for each row with a number, top to foot.
struct PrintedNumber {
  std::string name;  // the line's id, or "valid", "null", "invalid", "cast", "signed", "registered"
  bool is_line = false;  // a line of the ballot, and not a total
  std::size_t line = 0;  // of these, its position in ballot order
};

struct SheetForm {
  election::SheetFormat format;
  print::Layout layout;
  std::vector<PrintedNumber> numbers;
};

// One for each sheet format that says how it is printed; formats that do not are left out.
std::vector<SheetForm> forms_of(const election::Definition& definition);

// What a row should say if the code is right; nothing where the code does not tell.
std::optional<std::uint64_t> expected(const PrintedNumber& number,
                                      const election::SheetPayload& payload);

}  // namespace scr::reading
