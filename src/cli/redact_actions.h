// SPDX-License-Identifier: Apache-2.0
//
// What `redact` does, an action each; and what its actions have in common.

#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "canon/value.h"
#include "cli/command.h"

namespace scr::cli::redaction {

// redact_record.cc: the record and its people.
Result<int> commit(const Arguments& arguments, Terminal& terminal);
Result<int> make_key(const Arguments& arguments, Terminal& terminal);
Result<int> person(const Arguments& arguments, Terminal& terminal);
Result<int> withdraw(const Arguments& arguments, Terminal& terminal);
Result<int> make(const Arguments& arguments, Terminal& terminal);
Result<int> status(const Arguments& arguments, Terminal& terminal);

// redact_pictures.cc: what of a picture is hidden.
Result<int> propose(const Arguments& arguments, Terminal& terminal);
Result<int> preview(const Arguments& arguments, Terminal& terminal);
Result<int> approve(const Arguments& arguments, Terminal& terminal);

// An answer in JSON, with schema and action.
canon::Value answer_of(const char* action);
// The option or operand, which this action cannot do without; bad_input says what it is.
Result<std::string> needed(const Arguments& arguments, const char* name, const char* what);
// Without the line's end that a file or the clipboard brings along.
std::string trimmed(std::string text);

inline std::int64_t number(std::uint64_t n) {
  return static_cast<std::int64_t>(n);
}
inline bool in_spanish(const Terminal& terminal) {
  return terminal.language == report::Language::es;
}

}  // namespace scr::cli::redaction
