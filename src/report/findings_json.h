// SPDX-License-Identifier: Apache-2.0
//
// `findings --json`: what the checks noticed, as data. Schema: schema/findings.json; fields:
// docs/json.md. Pure; any thread.

#pragma once

#include <span>

#include "canon/value.h"
#include "checks/finding.h"

namespace scr::report {

canon::Value findings_json(std::span<const checks::Finding> findings);

// {"duplicate": 3, ...}: every code, also those with none.
canon::Value findings_by_code(std::span<const checks::Finding> findings);

}  // namespace scr::report
