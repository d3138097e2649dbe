// SPDX-License-Identifier: Apache-2.0
#include "election/payload_grammar.h"

#include <algorithm>
#include <array>
#include <set>

namespace scr::election {
namespace {

constexpr std::array<std::string_view, 4> kFigures{"valid", "null", "invalid", "registered"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

auto wrong(std::string what) {
  return fail(ErrorCode::bad_input, std::move(what));
}

// "counts:3,": the inside of a pair of braces.
Result<PayloadPart> part_of(std::string_view inside) {
  const std::size_t colon = inside.find(':');
  const std::string_view name = inside.substr(0, colon);
  std::string_view form = colon == std::string_view::npos ? "" : inside.substr(colon + 1);
  if (colon != std::string_view::npos && form.empty())
    return wrong("{" + std::string(inside) + "} says nothing behind its colon");
  PayloadPart part;
  part.text = name;
  if (name == "code") {
    part.kind = PayloadPart::Kind::code;
    if (!form.empty()) return wrong("{code} is as long as the code pattern makes it");
    return part;
  }
  const bool counts = name == "counts";
  if (!counts && std::find(kFigures.begin(), kFigures.end(), name) == kFigures.end()) {
    return wrong("{" + std::string(name) +
                 "} is not known; there are code, counts, valid, null, invalid, registered");
  }
  part.kind = counts ? PayloadPart::Kind::counts : PayloadPart::Kind::figure;
  if (!form.empty() && form[0] >= '1' && form[0] <= '9') {
    part.width = static_cast<std::size_t>(form[0] - '0');
    form.remove_prefix(1);
  }
  if (counts && form.size() == 1 && !is_digit(form[0])) {
    part.separator = form[0];
    form = {};
  }
  if (!form.empty())
    return wrong("{" + std::string(inside) + "}: behind the colon stands a width from 1 to 9" +
                 (counts ? ", the character between two counts, or both" : ""));
  if (counts && part.width == 0 && part.separator == 0)
    return wrong(
        "{counts} needs what separates them, as in {counts:,}, or a width, as in "
        "{counts:3}");
  return part;
}

Result<PayloadGrammar> parts_of(std::string_view pattern) {
  PayloadGrammar grammar;
  while (!pattern.empty()) {
    if (pattern[0] == '{') {
      const std::size_t close = pattern.find('}', 2);
      if (close == std::string_view::npos) return wrong("a brace that nothing closes");
      SCR_TRY(part, part_of(pattern.substr(1, close - 1)));
      grammar.push_back(std::move(part));
      pattern.remove_prefix(close + 1);
      continue;
    }
    const std::size_t end = std::min(pattern.find('{'), pattern.size());
    const std::string_view literal = pattern.substr(0, end);
    if (literal.find('}') != std::string_view::npos) return wrong("a brace that nothing opens");
    grammar.push_back({PayloadPart::Kind::literal, std::string(literal), 0, 0});
    pattern.remove_prefix(end);
  }
  return grammar;
}

// True if where the part ends can be seen by what follows it, or by its width.
bool ends_clearly(const PayloadGrammar& grammar, std::size_t i) {
  const PayloadPart& part = grammar[i];
  const bool number =
      part.kind == PayloadPart::Kind::counts || part.kind == PayloadPart::Kind::figure;
  if (!number || part.width > 0 || i + 1 == grammar.size()) return true;
  const PayloadPart& next = grammar[i + 1];
  return next.kind == PayloadPart::Kind::literal && !is_digit(next.text[0]) &&
         next.text[0] != part.separator;
}

}  // namespace

Result<PayloadGrammar> parse_payload_grammar(std::string_view pattern) {
  if (pattern == "code!counts!null!invalid") pattern = "{code}!{counts:,}!{null}!{invalid}";
  SCR_TRY(grammar, parts_of(pattern));
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < grammar.size(); ++i) {
    const PayloadPart& part = grammar[i];
    if (part.kind != PayloadPart::Kind::literal && !seen.insert(part.text).second)
      return wrong("{" + part.text + "} stands twice");
    if (!ends_clearly(grammar, i))
      return wrong("{" + part.text +
                   "} has no width, so something that is no digit must follow it, and not what "
                   "separates counts");
  }
  if (seen.count("code") == 0) return wrong("{code} is missing: nothing would name the station");
  if (seen.size() > 1 && seen.count("counts") == 0)
    return wrong("{counts} is missing: other figures cannot stand without them");
  return grammar;
}

bool has_counts(const PayloadGrammar& grammar) {
  return std::any_of(grammar.begin(), grammar.end(), [](const PayloadPart& part) {
    return part.kind == PayloadPart::Kind::counts;
  });
}

}  // namespace scr::election
