// SPDX-License-Identifier: Apache-2.0
//
// Statistical tests as JSON: scrutineer.forensics/1, docs/json.md, schema/forensics.json.

#pragma once

#include "canon/value.h"
#include "report/forensics_facts.h"

namespace scr::report {

canon::Value forensics_json(const ForensicsFacts& facts);

}  // namespace scr::report
