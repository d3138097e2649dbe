// SPDX-License-Identifier: Apache-2.0
//
// The definition of an election that is built into the program, for reading pictures without a
// record: elections/ve-2024/election.toml as it was when the program was built.

#pragma once

#include <string_view>

namespace scr::cli {

extern const std::string_view kBuiltinElection;

}  // namespace scr::cli
