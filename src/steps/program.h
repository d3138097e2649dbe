// SPDX-License-Identifier: Apache-2.0
//
// What the program calls itself, in its output and in the log.

#pragma once

namespace scr::steps {

inline constexpr const char* kProgram = "scrutineer 0.1.0";

}  // namespace scr::steps
