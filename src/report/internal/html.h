// SPDX-License-Identifier: Apache-2.0
//
// HTML under construction. Whatever comes from outside goes through escaped(); that is the only way
// in which text reaches the page.

#pragma once

#include <string>
#include <string_view>

namespace scr::report::internal {

// For text and for attribute values in double quotes. Also makes the text plain.
std::string escaped(std::string_view text);

// <name attributes>inside</name>. `inside` is HTML already; `attributes` as written, or empty.
std::string element(std::string_view name, std::string_view attributes, std::string_view inside);

// The same with text inside, escaped.
std::string text_element(std::string_view name, std::string_view attributes, std::string_view text);

}  // namespace scr::report::internal
