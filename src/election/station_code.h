// SPDX-License-Identifier: Apache-2.0
//
// What people write for a station, and what it is called here.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "election/definition.h"
#include "election/ids.h"

namespace scr::election {

// Takes a station's id as it is, or the whole code that a sheet format prints
// ("110601011.04.1.0001" -> "110601011.04"). bad_input, with what is understood, if it is neither:
// where the definition has a sheet format, an id is as long as the format makes it, so that a slip
// in a long code does not become a station of its own.
Result<StationId> station_of_code(std::string_view typed, const Definition& definition);

// What a code that was made by `format.code_pattern` says of the station, by its station_pattern.
// A pattern is literal text with {name:width} for digits of that width, or {name} for what was
// found under that name.
Result<StationId> station_of_printed_code(std::string_view code, const SheetFormat& format);

// How many characters a code of the format has. REQUIRES: sound patterns.
std::size_t code_length(const SheetFormat& format);

// What is wrong with the two patterns of a format; nothing if they are sound: braces closed, widths
// from 1 to 32, every {name} of the station pattern found in the code pattern.
std::optional<std::string> pattern_problem(const SheetFormat& format);

}  // namespace scr::election
