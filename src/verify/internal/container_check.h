// SPDX-License-Identifier: Apache-2.0
//
// Level 4, as far as pictures came in containers: taken apart again, the parts are those on record.

#pragma once

#include <span>
#include <string_view>

#include "derive/record_state.h"
#include "verify/bundle.h"
#include "verify/internal/problems.h"
#include "verify/report.h"
#include "verify/verify.h"

namespace scr::verify {

// A page that was drawn may come out otherwise with another version of the library that draws:
// counted and told, no fault by itself.
void check_containers(const Bundle& bundle, const derive::RecordState& state,
                      std::span<const std::string_view> entries, const Means& means, Report& report,
                      Problems& problems);

}  // namespace scr::verify
