// SPDX-License-Identifier: Apache-2.0
//
// `compare --json`: two sources, station by station, as data. Schema: schema/comparison.json;
// fields: docs/json.md. Pure; any thread.

#pragma once

#include <string_view>

#include "canon/value.h"
#include "tally/compare.h"

namespace scr::report {

// `a`, `b`: what the two were called by whoever asked.
canon::Value comparison_json(const tally::Comparison& comparison, std::string_view a,
                             std::string_view b);

}  // namespace scr::report
