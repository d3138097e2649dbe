// SPDX-License-Identifier: Apache-2.0
//
// How the figures of quick counts are written, and their sentences: the same on the terminal and on
// pages. Plain text.

#pragma once

#include <string>
#include <vector>

#include "report/quick_count.h"

namespace scr::report::internal {

std::string share_text(Language language, double share);
std::string interval_text(Language language, double low, double high);

// What the sample is, and how much of it is in.
std::vector<std::string> sample_sentences(Language language, const QuickCount& count);

}  // namespace scr::report::internal
