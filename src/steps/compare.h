// SPDX-License-Identifier: Apache-2.0
//
// Two sources of one record, station by station.

#pragma once

#include <filesystem>

#include "base/result.h"
#include "election/ids.h"
#include "tally/compare.h"

namespace scr::steps {

// Each source is taken alone, and what it says, whether or not it could count: a figure that breaks
// a rule is just what a comparison is to show. not_found names the sources there are.
Result<tally::Comparison> compare(const std::filesystem::path& record, const election::SourceId& a,
                                  const election::SourceId& b);

}  // namespace scr::steps
