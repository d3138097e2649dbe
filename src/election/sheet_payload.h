// SPDX-License-Identifier: Apache-2.0
//
// The text inside a sheet's printed code, by the grammar that the definition's sheet format names.
//
//   110601011.04.1.0001!122,1,0,...,406,0,1!0!0
//   <code>!<one count for each line in ballot order>!<null>!<invalid>

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "election/definition.h"

namespace scr::election {

struct SheetPayload {
  std::string code;            // as printed
  StationId station;           // by the format's station_pattern
  std::vector<Votes> lines;    // in ballot order
  std::vector<Votes> options;  // the lines of each option added up, in the definition's order
  Votes null;
  Votes invalid;
  bool zero_report = false;  // every figure is 0: printed before voting starts
};

// Strict: exactly the grammar, decimal numbers without sign or leading zeros, nothing after the
// end. bad_input says what is wrong and at which field.
Result<SheetPayload> parse_sheet_payload(std::string_view text, const Definition& definition,
                                         const SheetFormat& format);

// By the first of the definition's sheet formats whose grammar it follows.
Result<SheetPayload> parse_sheet_payload(std::string_view text, const Definition& definition);

}  // namespace scr::election
