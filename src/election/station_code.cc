// SPDX-License-Identifier: Apache-2.0
#include "election/station_code.h"

#include <map>
#include <optional>
#include <string>

#include "base/decimal.h"

namespace scr::election {
namespace {

bool are_digits(std::string_view text) {
  for (char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return !text.empty();
}

// The inside of the braces that `pattern` starts with, which are then removed.
std::optional<std::string_view> take_braces(std::string_view& pattern) {
  const std::size_t close = pattern.find('}');
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view inside = pattern.substr(1, close - 1);
  pattern.remove_prefix(close + 1);
  return inside;
}

using Parts = std::map<std::string, std::string, std::less<>>;

std::optional<Parts> match(std::string_view code, std::string_view pattern) {
  Parts parts;
  while (!pattern.empty()) {
    if (pattern[0] != '{') {
      if (code.empty() || code[0] != pattern[0]) return std::nullopt;
      code.remove_prefix(1);
      pattern.remove_prefix(1);
      continue;
    }
    const auto inside = take_braces(pattern);
    const std::size_t colon = inside ? inside->find(':') : std::string_view::npos;
    if (colon == std::string_view::npos) return std::nullopt;
    const auto width = parse_decimal(inside->substr(colon + 1));
    if (!width || *width > code.size() || !are_digits(code.substr(0, *width))) return std::nullopt;
    parts[std::string(inside->substr(0, colon))] = code.substr(0, *width);
    code.remove_prefix(*width);
  }
  if (!code.empty()) return std::nullopt;
  return parts;
}

std::optional<std::string> fill(std::string_view pattern, const Parts& parts) {
  std::string text;
  while (!pattern.empty()) {
    if (pattern[0] != '{') {
      text += pattern[0];
      pattern.remove_prefix(1);
      continue;
    }
    const auto inside = take_braces(pattern);
    const auto part = inside ? parts.find(*inside) : parts.end();
    if (part == parts.end()) return std::nullopt;
    text += part->second;
  }
  return text;
}

// The width of each name in a code pattern; nothing if the pattern is not sound.
std::optional<std::map<std::string, std::size_t, std::less<>>> widths_of(std::string_view pattern) {
  std::map<std::string, std::size_t, std::less<>> widths;
  while (!pattern.empty()) {
    if (pattern[0] == '}') return std::nullopt;
    if (pattern[0] != '{') {
      pattern.remove_prefix(1);
      continue;
    }
    const auto inside = take_braces(pattern);
    const std::size_t colon = inside ? inside->find(':') : std::string_view::npos;
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const auto width = parse_decimal(inside->substr(colon + 1));
    if (!width || *width < 1 || *width > 32) return std::nullopt;
    if (!widths.emplace(inside->substr(0, colon), *width).second) return std::nullopt;
  }
  return widths;
}

// How long a station's id is by this format. REQUIRES: sound patterns.
std::size_t id_length(const SheetFormat& format) {
  const auto widths = widths_of(format.code_pattern);
  Parts zeros;
  for (const auto& [name, width] : *widths) zeros[name] = std::string(width, '0');
  return fill(format.station_pattern, zeros)->size();
}

bool is_code_character(char c) {
  return c > 0x20 && c < 0x7f && c != ',' && c != '"';
}

}  // namespace

std::optional<std::string> pattern_problem(const SheetFormat& format) {
  const auto widths = widths_of(format.code_pattern);
  if (!widths) {
    return "code: must be literal text with parts such as {centre:9}, each named once, 1 to 32 "
           "digits";
  }
  Parts zeros;
  for (const auto& [name, width] : *widths) zeros[name] = std::string(width, '0');
  if (!fill(format.station_pattern, zeros)) {
    return "station: may name only what the code has, as in {centre}.{table}";
  }
  return std::nullopt;
}

std::size_t code_length(const SheetFormat& format) {
  std::size_t length = 0;
  std::string_view pattern = format.code_pattern;
  while (!pattern.empty()) {
    if (pattern[0] == '{') {
      const auto inside = take_braces(pattern);
      length += *parse_decimal(inside->substr(inside->find(':') + 1));
    } else {
      pattern.remove_prefix(1);
      ++length;
    }
  }
  return length;
}

Result<StationId> station_of_printed_code(std::string_view code, const SheetFormat& format) {
  const auto parts = match(code, format.code_pattern);
  const auto station = parts ? fill(format.station_pattern, *parts) : std::nullopt;
  if (!station) {
    return fail(ErrorCode::bad_input,
                "\"" + std::string(code) + "\" is no code of the form " + format.code_pattern);
  }
  return StationId(*station);
}

Result<StationId> station_of_code(std::string_view typed, const Definition& definition) {
  if (typed.empty() || typed.size() > 64) {
    return fail(ErrorCode::bad_input, "a station's code has 1 to 64 characters");
  }
  for (char c : typed) {
    if (!is_code_character(c)) {
      return fail(ErrorCode::bad_input,
                  "a station's code is printable ASCII without spaces, commas or quotes");
    }
  }
  for (const SheetFormat& format : definition.sheets) {
    if (auto station = station_of_printed_code(typed, format)) return station;
  }
  for (const SheetFormat& format : definition.sheets) {
    if (typed.size() == id_length(format)) return StationId(std::string(typed));
  }
  if (!definition.sheets.empty()) {
    const SheetFormat& format = definition.sheets.front();
    return fail(ErrorCode::bad_input,
                "is neither a station's id, of " + std::to_string(id_length(format)) +
                    " characters, nor a code of the form " + format.code_pattern,
                std::string(typed));
  }
  if (typed.size() < definition.station_width) {
    return fail(ErrorCode::bad_input,
                "a station's code has at least " + std::to_string(definition.station_width) +
                    " characters here, zeros on the left included",
                std::string(typed));
  }
  return StationId(std::string(typed));
}

}  // namespace scr::election
