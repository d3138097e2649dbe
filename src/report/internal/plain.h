// SPDX-License-Identifier: Apache-2.0
//
// Names come from files that anybody may have written. Before they are shown they are made plain:
// whatever is not UTF-8, moves a cursor or turns the direction of writing becomes U+FFFD.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace scr::report::internal {

std::string plain(std::string_view text);

// Columns that `text` (plain) takes on a terminal: none for combining marks, two for East Asian
// wide characters.
std::size_t width_of(std::string_view text);

// At most `columns` wide, the last one an ellipsis if something was cut off.
std::string cut_to(std::string_view text, std::size_t columns);

// Filled with blanks on the right (names) or on the left (numbers).
std::string padded_right(std::string_view text, std::size_t columns);
std::string padded_left(std::string_view text, std::size_t columns);

// Lines of at most `columns`, broken at blanks; every line after the first begins with `indent`.
std::string wrapped(std::string_view text, std::size_t columns, std::string_view indent);

}  // namespace scr::report::internal
