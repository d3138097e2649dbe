// SPDX-License-Identifier: Apache-2.0
//
// `judge --json`: what the evidence says, as data. Schema: schema/judgement.json; fields:
// docs/json.md. Pure; any thread.

#pragma once

#include "canon/value.h"
#include "report/facts.h"

namespace scr::report {

// Equal facts give equal bytes: what `publish` states in the log is the hash of this document.
canon::Value judgement_json(const Facts& facts);

}  // namespace scr::report
