// SPDX-License-Identifier: Apache-2.0
//
// Level 4, as far as people wrote it: imported files and claims, read again.

#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "derive/record_state.h"
#include "entry/claim.h"
#include "verify/internal/evidence_check.h"
#include "verify/internal/problems.h"

namespace scr::verify {

// The claims, in the order of the state; fewer if some do not hold.
std::vector<entry::Claim> check_readings(const derive::RecordState& state, const Files& files,
                                         std::span<const std::string_view> entries,
                                         Problems& problems);

}  // namespace scr::verify
