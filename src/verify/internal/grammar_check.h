// SPDX-License-Identifier: Apache-2.0
//
// Level 2: what the entries say, as far as they say it in the agreed form.

#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "derive/record_state.h"
#include "verify/bundle.h"
#include "verify/internal/problems.h"
#include "verify/report.h"

namespace scr::verify {

// The state after the entries; nothing, and a problem, if not even the genesis holds.
std::optional<derive::RecordState> fold_entries(const Bundle& bundle,
                                                std::span<const std::string_view> entries,
                                                Problems& problems);

// Uses the report's origin; adds its unknown types.
void check_grammar(const derive::RecordState& state, Report& report, Problems& problems);

}  // namespace scr::verify
