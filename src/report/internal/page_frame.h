// SPDX-License-Identifier: Apache-2.0
//
// What every page has about it: a head that forbids all loading and all scripts, the style, and the
// switch between the two languages.

#pragma once

#include <string>
#include <string_view>

#include "report/facts.h"

namespace scr::report::internal {

// Whether the page holds pictures in itself, as data: addresses.
enum class Pictures { none, inside };

// `title`: text; `english`, `spanish`: HTML.
std::string framed_page(Language default_language, std::string_view title, std::string_view english,
                        std::string_view spanish, Pictures pictures);

}  // namespace scr::report::internal
