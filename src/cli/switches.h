// SPDX-License-Identifier: Apache-2.0
//
// From the words of a command line to the switches of a count.

#pragma once

#include "base/result.h"
#include "cli/command.h"
#include "derive/conclusions.h"

namespace scr::cli {

// Reads --source, --without-source, --without, --electors, --stations, --cap. bad_input names the
// option and what it takes.
Result<derive::Switches> switches_of(const Arguments& arguments, const std::string& record);

}  // namespace scr::cli
