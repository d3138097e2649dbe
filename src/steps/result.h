// SPDX-License-Identifier: Apache-2.0
//
// The result of a record as bytes: what is stated in the log by its hash, and worked out again by
// everybody. docs/formats/result.md.

#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "derive/record_state.h"
#include "entry/claim.h"

namespace scr::steps {

inline constexpr const char* kResultSchema = "scrutineer.result/1";

// Canonical JSON of count and judgement under the definition's own premises: a function of the
// state and nothing else.
Result<std::string> result_bytes(const derive::RecordState& state,
                                 const std::vector<entry::Claim>& claims);

}  // namespace scr::steps
