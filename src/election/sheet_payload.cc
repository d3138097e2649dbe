// SPDX-License-Identifier: Apache-2.0
#include "election/sheet_payload.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/decimal.h"
#include "election/station_code.h"

namespace scr::election {
namespace {

std::optional<Votes> votes_of(std::string_view text) {
  const auto number = parse_decimal(text);
  if (!number || *number > static_cast<std::uint64_t>(Votes::kMax)) return std::nullopt;
  return Votes::from(static_cast<std::int64_t>(*number));
}

Error no_count(std::string_view text, const std::string& where) {
  return {ErrorCode::bad_input, "\"" + std::string(text) + "\" is no count", where};
}

// Takes the number at the front of `text`: so many digits as `width`, or all up to something else.
Result<Votes> take_number(std::string_view& text, std::size_t width, const std::string& where) {
  std::size_t digits = 0;
  while (digits < text.size() && (width == 0 || digits < width) && text[digits] >= '0' &&
         text[digits] <= '9')
    ++digits;
  std::string_view number = text.substr(0, digits);
  if (digits == 0 || (width > 0 && digits < width))
    return tl::unexpected(no_count(text.substr(0, std::max<std::size_t>(1, width)), where));
  text.remove_prefix(digits);
  while (width > 0 && number.size() > 1 && number[0] == '0') number.remove_prefix(1);
  const auto votes = votes_of(number);
  if (!votes) return tl::unexpected(no_count(number, where));
  return *votes;
}

Result<void> take_counts(std::string_view& text, const PayloadPart& part, std::size_t lines,
                         SheetPayload& payload) {
  for (std::size_t i = 0; i < lines; ++i) {
    if (i > 0 && part.separator != 0) {
      if (text.empty() || text[0] != part.separator)
        return fail(ErrorCode::bad_input, "has " + std::to_string(i) + " counts, the ballot " +
                                              std::to_string(lines) + " lines");
      text.remove_prefix(1);
    }
    SCR_TRY(votes, take_number(text, part.width, "count " + std::to_string(i + 1)));
    payload.lines.push_back(votes);
  }
  return {};
}

Result<void> take_part(std::string_view& text, const PayloadPart& part, const SheetFormat& format,
                       SheetPayload& payload) {
  switch (part.kind) {
    case PayloadPart::Kind::literal:
      if (text.substr(0, part.text.size()) != part.text)
        return fail(ErrorCode::bad_input, "\"" + std::string(text.substr(0, part.text.size())) +
                                              "\" stands where \"" + part.text + "\" should");
      text.remove_prefix(part.text.size());
      return {};
    case PayloadPart::Kind::code: {
      payload.code = text.substr(0, code_length(format));
      text.remove_prefix(payload.code.size());
      SCR_TRY(station, at("code", station_of_printed_code(payload.code, format)));
      payload.station = std::move(station);
      return {};
    }
    case PayloadPart::Kind::counts:
      return take_counts(text, part, format.ballot_order.size(), payload);
    case PayloadPart::Kind::figure:
      break;
  }
  SCR_TRY(votes, take_number(text, part.width, part.text));
  if (part.text == "null") payload.null = votes;
  if (part.text == "invalid") payload.invalid = votes;
  if (part.text == "valid") payload.valid = votes;
  if (part.text == "registered") payload.registered = votes;
  return {};
}

Result<void> add_up_options(const Definition& definition, const SheetFormat& format,
                            SheetPayload& payload) {
  for (const Option& option : definition.options) {
    Votes sum;
    for (std::size_t i = 0; i < format.ballot_order.size(); ++i) {
      for (const Line& line : option.lines) {
        if (line.id != format.ballot_order[i]) continue;
        const auto more = add(sum, payload.lines[i]);
        if (!more)
          return fail(ErrorCode::bad_input, "the lines of an option add up beyond 2^53",
                      option.id.value());
        sum = *more;
      }
    }
    payload.options.push_back(sum);
  }
  return {};
}

}  // namespace

Result<SheetPayload> parse_sheet_payload(std::string_view text, const Definition& definition,
                                         const SheetFormat& format) {
  SheetPayload payload;
  payload.counted = has_counts(format.grammar);
  for (const PayloadPart& part : format.grammar)
    SCR_TRY_VOID(take_part(text, part, format, payload));
  if (!text.empty())
    return fail(ErrorCode::bad_input, "\"" + std::string(text.substr(0, 20)) +
                                          "\" stands behind the end of what the grammar has");
  if (!payload.counted) return payload;
  SCR_TRY_VOID(add_up_options(definition, format, payload));
  payload.zero_report = payload.null == Votes() && payload.invalid == Votes() &&
                        payload.valid.value_or(Votes()) == Votes();
  for (const Votes line : payload.lines)
    payload.zero_report = payload.zero_report && line == Votes();
  return payload;
}

Result<SheetPayload> parse_sheet_payload(std::string_view text, const Definition& definition) {
  Result<SheetPayload> last = fail(ErrorCode::bad_input, "the definition has no sheet format");
  for (const SheetFormat& format : definition.sheets) {
    last = parse_sheet_payload(text, definition, format);
    if (last) return last;
  }
  return last;
}

namespace {

bool append_number(std::string& text, std::uint64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  if (width > 0 && digits.size() > width) return false;
  text.append(width > digits.size() ? width - digits.size() : 0, '0');
  text += digits;
  return true;
}

}  // namespace

std::optional<std::string> write_sheet_payload(
    const SheetFormat& format, std::string_view code, const std::vector<std::uint64_t>& lines,
    const std::map<std::string, std::uint64_t, std::less<>>& figures) {
  std::string text;
  for (const PayloadPart& part : format.grammar) {
    if (part.kind == PayloadPart::Kind::literal) text += part.text;
    if (part.kind == PayloadPart::Kind::code) text += code;
    for (std::size_t i = 0; part.kind == PayloadPart::Kind::counts && i < lines.size(); ++i) {
      if (i > 0 && part.separator != 0) text += part.separator;
      if (!append_number(text, lines[i], part.width)) return std::nullopt;
    }
    if (part.kind != PayloadPart::Kind::figure) continue;
    const auto figure = figures.find(part.text);
    if (figure == figures.end() || !append_number(text, figure->second, part.width))
      return std::nullopt;
  }
  return text;
}

}  // namespace scr::election
