// SPDX-License-Identifier: Apache-2.0
//
// The text inside a sheet's printed code, by the grammar that the definition's sheet format names
// (payload_grammar.h).
//
//   110601011.04.1.0001!122,1,0,...,406,0,1!0!0
//   <code>!<one count for each line in ballot order>!<null>!<invalid>

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "election/definition.h"

namespace scr::election {

struct SheetPayload {
  std::string code;   // as printed
  StationId station;  // by the format's station_pattern
  // False: the code only names the station. Then there are no lines, and the figures below are not
  // zero but unknown.
  bool counted = true;
  std::vector<Votes> lines;    // in ballot order
  std::vector<Votes> options;  // the lines of each option added up, in the definition's order
  Votes null;
  Votes invalid;
  std::optional<Votes> valid;       // if the code states it; else it is the lines' sum
  std::optional<Votes> registered;  // if the code states it
  bool zero_report = false;         // every figure is 0: printed before voting starts
};

// Strict: exactly the grammar, decimal numbers without sign, and without leading zeros unless they
// have a width; nothing after the end. bad_input says what is wrong and at which field.
Result<SheetPayload> parse_sheet_payload(std::string_view text, const Definition& definition,
                                         const SheetFormat& format);

// By the first of the definition's sheet formats whose grammar it follows.
Result<SheetPayload> parse_sheet_payload(std::string_view text, const Definition& definition);

// What a printer would put into the code. `lines`: in ballot order; `figures`: by name, each that
// the grammar asks for. Nothing if one is missing or has more digits than its width.
std::optional<std::string> write_sheet_payload(
    const SheetFormat& format, std::string_view code, const std::vector<std::uint64_t>& lines,
    const std::map<std::string, std::uint64_t, std::less<>>& figures);

}  // namespace scr::election
