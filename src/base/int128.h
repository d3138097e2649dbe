// SPDX-License-Identifier: Apache-2.0
//
// 128-bit integers: products of two vote counts (each below 2^53) never overflow them. g++ and
// clang have them as an extension; this is the one place that says so.

#pragma once

#include <string>

namespace scr {

__extension__ typedef __int128 Int128;

// Decimal, with a minus sign if negative.
std::string to_string(Int128 value);

}  // namespace scr
