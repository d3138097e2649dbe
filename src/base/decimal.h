// SPDX-License-Identifier: Apache-2.0
//
// Whole numbers as text, strictly: digits only, no sign, no leading zero but "0" itself.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace scr {

// Nothing if `text` is not such a number or does not fit.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

}  // namespace scr
