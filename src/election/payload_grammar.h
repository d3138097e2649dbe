// SPDX-License-Identifier: Apache-2.0
//
// What the text in a sheet's code is made of, as a definition writes it:
//
//   {code}!{counts:,}!{null}!{invalid}      1234.01!12,0,7!1!0
//   {code}{counts:3}{null:3}                123401012000007001
//   {code}                                  1803181180041000: names the station and counts nothing
//
// {code} stands once: what the format's code pattern describes. {counts} stands for one number for
// each line in ballot order; {valid}, {null}, {invalid}, {registered} for one number each. Behind a
// colon: the digits that each number has, zeros on the left (width 1 to 9), and for counts then the
// character between two of them. All else is literal.
//
// A value; any thread.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace scr::election {

struct PayloadPart {
  enum class Kind { literal, code, counts, figure };

  Kind kind = Kind::literal;
  std::string text;       // the literal, or the figure's name
  std::size_t width = 0;  // digits; 0: as many as there are, without zeros on the left
  char separator = 0;     // between counts; 0: none, they have a width
};

using PayloadGrammar = std::vector<PayloadPart>;

// bad_input if it is not sound, or if a text could be read by it in two ways: a number without a
// width must be followed by something that is no digit, and not the counts' separator.
// "code!counts!null!invalid" is short for the first example.
Result<PayloadGrammar> parse_payload_grammar(std::string_view pattern);

// False: the code names the station, and its counts stand elsewhere on the sheet.
bool has_counts(const PayloadGrammar& grammar);

}  // namespace scr::election
