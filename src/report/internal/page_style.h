// SPDX-License-Identifier: Apache-2.0
//
// The style sheet of the page.

#pragma once

#include <string_view>

namespace scr::report::internal {

std::string_view page_style();

}  // namespace scr::report::internal
