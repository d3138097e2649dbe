// SPDX-License-Identifier: Apache-2.0
//
// What a command of the program is, as data: from this one table come the parser, --help, the man
// page and the shell completion, so that they cannot disagree.
//
// Each command lives in a file of its own, command_<verb>.cc, and holds no rules: it turns words
// into a call of one step and the answer into text or JSON.

#pragma once

#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "report/facts.h"

namespace scr::cli {

// The same words in both languages of the program.
struct Text {
  const char* en;
  const char* es;

  const char* in(report::Language language) const {
    return language == report::Language::es ? es : en;
  }
};

struct OptionSpec {
  const char* name;   // "--source"
  const char* value;  // "NAME"; null for a switch that takes none
  Text help;
  bool required = false;
  bool repeated = false;
};

struct OperandSpec {
  const char* name;  // "FILE"
  Text help;
  bool required = true;
  bool repeated = false;  // one or more
};

// How the program ends; also in the man page. Verification says no with 10 + level.
enum class Exit : int { done = 0, usage = 2, input = 3, environment = 4, verify_says_no = 10 };

// What was typed, checked against the command's own table.
struct Arguments {
  std::map<std::string, std::vector<std::string>> values;  // by option or operand name

  bool has(const std::string& name) const { return values.count(name) > 0; }
  std::optional<std::string> value(const std::string& name) const;
  std::vector<std::string> all(const std::string& name) const;
};

// Where a command reads and writes. Data goes to `out`, words for people to `err`.
struct Terminal {
  std::ostream& out;
  std::ostream& err;
  report::Language language = report::Language::en;
  bool colour = false;       // `out` is a terminal that shows colours
  bool progress = false;     // `err` is a terminal
  bool json = false;         // --json
  std::string record = ".";  // -C
};

using Run = Result<int> (*)(const Arguments&, Terminal&);

struct Command {
  const char* name;
  Text summary;      // one line
  Text description;  // a paragraph; for the man page and --help
  std::vector<OperandSpec> operands;
  std::vector<OptionSpec> options;
  bool makes_json = true;
  Run run;
};

// All commands, in the order in which a person meets them.
const std::vector<Command>& commands();

// 2, 3, 4 by what can be done about it.
int exit_code(const Error& error);

}  // namespace scr::cli
