// SPDX-License-Identifier: Apache-2.0
//
// The words of a command line, held against the table of commands. CLI11 does the parsing.

#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace scr::cli {

// What was asked for: run `command`, or print `message` and end with `exit`.
struct Parsed {
  const Command* command = nullptr;
  Arguments arguments;
  std::string record = ".";
  bool json = false;
  bool no_colour = false;
  report::Language language = report::Language::en;

  std::string message;           // help, version, or what was wrong; empty if there is a command
  bool message_is_data = false;  // asked for, so for standard output
  int exit = 0;
};

// `words` without the program's own name. `default_language`: by the environment.
// -C RECORD, --json, --lang and --no-colour may stand before or after the verb.
Parsed parse(const std::vector<std::string>& words, report::Language default_language);

}  // namespace scr::cli
