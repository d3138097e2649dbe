// SPDX-License-Identifier: Apache-2.0
//
// Two sources of one record, station by station.

#pragma once

#include <filesystem>

#include "base/result.h"
#include "election/ids.h"
#include "tally/compare.h"

namespace scr::steps {

// Each source is taken alone, by the same rules as in the count. not_found names the sources there
// are.
Result<tally::Comparison> compare(const std::filesystem::path& record, const election::SourceId& a,
                                  const election::SourceId& b);

}  // namespace scr::steps
