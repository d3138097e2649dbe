// SPDX-License-Identifier: Apache-2.0
//
// The style sheets of a page, and of a plot that stands alone.

#pragma once

#include <string_view>

namespace scr::report::internal {

std::string_view page_style();
std::string_view plot_style();

}  // namespace scr::report::internal
