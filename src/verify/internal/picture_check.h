// SPDX-License-Identifier: Apache-2.0
//
// Level 4, as far as machines read it: pictures at hand, all or a sample, read again.

#pragma once

#include <span>
#include <string_view>

#include "derive/record_state.h"
#include "verify/bundle.h"
#include "verify/internal/problems.h"
#include "verify/report.h"
#include "verify/verify.h"

namespace scr::verify {

// That a picture can be read that could not be is no fault of the record by itself - a reader may
// have run out of time - but it is counted: whoever keeps a record could hide sheets so.
void check_pictures(const Bundle& bundle, const derive::RecordState& state,
                    std::span<const std::string_view> entries, const Means& means,
                    const Readings& readings, Report& report, Problems& problems);

}  // namespace scr::verify
