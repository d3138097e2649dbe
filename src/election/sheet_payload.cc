// SPDX-License-Identifier: Apache-2.0
#include "election/sheet_payload.h"

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

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Result<Votes> figure(std::string_view text, const std::string& where) {
  const auto votes = votes_of(text);
  if (!votes) return fail(ErrorCode::bad_input, "\"" + std::string(text) + "\" is no count", where);
  return *votes;
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
  const auto parts = split(text, '!');
  if (parts.size() != 4) {
    return fail(ErrorCode::bad_input,
                "has " + std::to_string(parts.size()) + " parts, not code!counts!null!invalid");
  }
  SheetPayload payload;
  payload.code = parts[0];
  SCR_TRY(station, at("code", station_of_printed_code(parts[0], format)));
  payload.station = std::move(station);
  const auto counts = split(parts[1], ',');
  if (counts.size() != format.ballot_order.size()) {
    return fail(ErrorCode::bad_input, "has " + std::to_string(counts.size()) +
                                          " counts, the ballot " +
                                          std::to_string(format.ballot_order.size()) + " lines");
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    SCR_TRY(votes, figure(counts[i], "count " + std::to_string(i + 1)));
    payload.lines.push_back(votes);
  }
  SCR_TRY(null, figure(parts[2], "null"));
  SCR_TRY(invalid, figure(parts[3], "invalid"));
  payload.null = null;
  payload.invalid = invalid;
  SCR_TRY_VOID(add_up_options(definition, format, payload));
  payload.zero_report = null == Votes() && invalid == Votes();
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

}  // namespace scr::election
