// SPDX-License-Identifier: Apache-2.0
//
// What a verification found, as JSON and as text. Shared by verify and fsck.

#pragma once

#include <string>

#include "canon/value.h"
#include "cli/command.h"
#include "verify/report.h"

namespace scr::cli {

canon::Value verification_json(const verify::Report& report);
std::string verification_text(const verify::Report& report, const Terminal& terminal);

// 0 if all levels hold, else 10 + the lowest that does not.
int verification_exit(const verify::Report& report);

}  // namespace scr::cli
