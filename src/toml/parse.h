// SPDX-License-Identifier: Apache-2.0
//
// TOML, by toml++: the one way in which a file that people write is read. Include this only in the
// .cc that reads a grammar; it is heavy.
//
//   SCR_TRY(root, toml::parse_text(text));   // ::toml::table
//
// What TOML forbids outright (control characters, letters beyond ASCII outside of texts) is refused
// before toml++ sees it: at some of these it has assertions, or worse.
//
// Pure; any thread.

#pragma once

#include <string_view>

#define TOML_EXCEPTIONS 1
#define TOML_HEADER_ONLY 0  // the parser itself is compiled in parse.cc only
#define TOML_ASSERT(expression) static_cast<void>(0)  // as in every release build of it
#include <toml++/toml.h>

#include "base/result.h"

namespace scr::toml {

// bad_input with the line if it is not UTF-8, holds a control character, or is not TOML.
Result<::toml::table> parse_text(std::string_view text);

// True for UTF-8 without control characters, those of C1 (U+0080 to U+009F) included: what a name
// or title may hold.
bool is_plain_text(std::string_view text);

}  // namespace scr::toml
