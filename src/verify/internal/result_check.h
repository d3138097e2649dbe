// SPDX-License-Identifier: Apache-2.0
//
// Level 5: results that were stated, and the files of the bundle that follow from the log, worked
// out again.

#pragma once

#include <span>
#include <string_view>

#include "derive/record_state.h"
#include "verify/bundle.h"
#include "verify/internal/evidence_check.h"
#include "verify/internal/problems.h"
#include "verify/report.h"
#include "verify/verify.h"

namespace scr::verify {

void check_results(const Bundle& bundle, const derive::RecordState& whole, const Files& files,
                   std::span<const std::string_view> entries, const Means& means, Report& report,
                   Problems& problems);

}  // namespace scr::verify
