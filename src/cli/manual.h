// SPDX-License-Identifier: Apache-2.0
//
// The man page and the shell completion, made from the table of commands.

#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace scr::cli {

// roff for man(7), section 1.
std::string man_page(const std::vector<Command>& commands, report::Language language);

// A script for bash: source <(scrutineer help --completion).
std::string bash_completion(const std::vector<Command>& commands);

}  // namespace scr::cli
