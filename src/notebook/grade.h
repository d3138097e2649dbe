// SPDX-License-Identifier: Apache-2.0
//
// What a cosigner stands for. It is the last part of the key's name, so that everybody who reads a
// cosignature sees it, and each grade has a key of its own (a cosignature does not say what was
// checked). Pure; any thread.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scr::notebook {

enum class Grade {
  witness,   // this tree grew from what I saw before
  mirror,    // and I hold every entry of it
  recounter  // and I read the evidence and worked the result out again: the same
};

const char* name_of(Grade grade);
std::optional<Grade> parse_grade(std::string_view name);

// "observers.example/mirror" is a mirror. A name of another form is a witness: it promises least.
Grade grade_of_name(std::string_view key_name);

}  // namespace scr::notebook
