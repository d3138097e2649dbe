// SPDX-License-Identifier: Apache-2.0
//
// The whole report as one web page: what is proved, contradicted and open, with plots and exact
// numbers, in both languages.
//
// The page is one file. It loads nothing, runs no script (its content security policy forbids
// both), and works from a disk, without a network, on a phone and on paper. Whatever names hold,
// they are shown as text.
//
// Pure: equal facts give equal bytes. Any thread.

#pragma once

#include <string>

#include "report/facts.h"

namespace scr::report {

std::string page(const Facts& facts, Language default_language);

}  // namespace scr::report
