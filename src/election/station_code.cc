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

}  // namespace

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
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f) {
      return fail(ErrorCode::bad_input, "a station's code holds no space or control character",
                  std::string(typed));
    }
  }
  for (const SheetFormat& format : definition.sheets) {
    if (auto station = station_of_printed_code(typed, format)) return station;
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
