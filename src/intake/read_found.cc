// SPDX-License-Identifier: Apache-2.0
#include "intake/read_found.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "base/decimal.h"
#include "csv/csv.h"
#include "election/station_code.h"

namespace scr::intake {
namespace {

using election::Votes;
using Columns = std::map<std::string, std::size_t, std::less<>>;

constexpr std::string_view kNotFoundWord = "not-found";

struct Line {
  const csv::Row& row;
  const Columns& columns;

  bool has(std::string_view column) const { return columns.contains(column); }
  std::string_view field(std::string_view column) const {
    return row.fields[columns.find(column)->second];
  }
};

tl::unexpected<Error> wrong(const Line& line, std::string_view column, std::string what) {
  return fail(ErrorCode::bad_input, std::move(what),
              "line " + std::to_string(line.row.line) + ": " + std::string(column));
}

Result<Votes> count_of(const Line& line, std::string_view column) {
  const auto number = parse_decimal(line.field(column));
  const auto votes = number && *number <= static_cast<std::uint64_t>(Votes::kMax)
                         ? Votes::from(static_cast<std::int64_t>(*number))
                         : std::nullopt;
  if (!votes) return wrong(line, column, "not a whole number");
  return *votes;
}

Result<Columns> columns_of(const csv::Row& header, bool ballots,
                           const election::Definition& definition) {
  std::set<std::string, std::less<>> known{"unit"};
  std::set<std::string, std::less<>> needed{"unit"};
  if (ballots) {
    known.insert("choice");
    needed.insert("choice");
  } else {
    for (const auto& option : definition.options) needed.insert(option.id.value());
    needed.insert("null");
    known = needed;
    known.insert({"invalid", "valid", "what"});
  }
  Columns columns;
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    const std::string name(header.fields[i]);
    if (!known.contains(name) || !columns.emplace(name, i).second) {
      std::string words;
      for (const std::string& each : known) words += (words.empty() ? "" : ", ") + each;
      return fail(ErrorCode::bad_input,
                  "the column \"" + name + "\" is not known or comes twice; there may be " + words,
                  "line " + std::to_string(header.line));
    }
  }
  for (const std::string& name : needed) {
    if (!columns.contains(name))
      return fail(ErrorCode::bad_input, "the column \"" + name + "\" is missing", "line 1");
  }
  return columns;
}

// "2010001.01" or, of a ballot, "2010001.01#17", as the definition writes stations.
Result<std::string> unit_of_line(const Line& line, bool ballots,
                                 const election::Definition& definition) {
  std::string_view text = line.field("unit");
  std::string ballot;
  const std::size_t mark = text.find('#');
  if (ballots != (mark != std::string_view::npos))
    return wrong(
        line, "unit",
        ballots ? "must name a ballot, such as 2010001.01#17" : "must name a station, without #");
  if (ballots) {
    const auto number = parse_decimal(text.substr(mark + 1));
    if (!number || *number == 0) return wrong(line, "unit", "behind # stands a number from 1 on");
    ballot = text.substr(mark);
    text = text.substr(0, mark);
  }
  auto station = election::station_of_code(text, definition);
  if (!station) return wrong(line, "unit", station.error().what);
  return station->value() + ballot;
}

Result<entry::AuditFound> ballot_of(const Line& line, const election::Definition& definition) {
  entry::AuditFound found;
  const std::string_view choice = line.field("choice");
  if (choice == kNotFoundWord) {
    found.found = false;
    return found;
  }
  found.votes.assign(definition.options.size(), Votes());
  if (choice == "none") {
    found.null = *Votes::from(1);
    return found;
  }
  const auto option = definition.option_position(election::OptionId(std::string(choice)));
  if (!option) {
    std::string words;
    for (const auto& each : definition.options) words += each.id.value() + ", ";
    return wrong(line, "choice", "must be one of " + words + "none, not-found");
  }
  found.votes[*option] = *Votes::from(1);
  found.valid = *Votes::from(1);
  return found;
}

Result<entry::AuditFound> figures_of(const Line& line, const election::Definition& definition) {
  entry::AuditFound found;
  const std::string_view what = line.has("what") ? line.field("what") : std::string_view();
  if (what == kNotFoundWord) {
    found.found = false;
    return found;
  }
  if (!what.empty() && what != entry::kFoundFigures)
    return wrong(line, "what", "must be figures, not-found or empty");
  std::optional<Votes> sum = Votes();
  for (const auto& option : definition.options) {
    SCR_TRY(votes, count_of(line, option.id.value()));
    found.votes.push_back(votes);
    if (sum) sum = add(*sum, votes);
  }
  if (!sum) return wrong(line, "unit", "more votes than can be counted");
  SCR_TRY(null, count_of(line, "null"));
  found.null = null;
  found.valid = *sum;
  if (line.has("invalid")) {
    SCR_TRY(invalid, count_of(line, "invalid"));
    found.invalid = invalid;
  }
  if (line.has("valid")) {
    SCR_TRY(valid, count_of(line, "valid"));
    found.valid = valid;
  }
  return found;
}

}  // namespace

Result<std::vector<entry::AuditFound>> read_found(std::string_view text, bool ballots,
                                                  const election::Definition& definition) {
  if (!is_utf8(text)) return fail(ErrorCode::bad_input, "the file is not UTF-8");
  csv::Reader reader(text, ',');
  csv::Row row;
  SCR_TRY(any, reader.next(row));
  if (!any) return fail(ErrorCode::bad_input, "the file is empty");
  SCR_TRY(columns, columns_of(row, ballots, definition));
  const std::size_t width = row.fields.size();
  std::vector<entry::AuditFound> all;
  std::set<std::string> seen;
  while (true) {
    SCR_TRY(more, reader.next(row));
    if (!more) break;
    const Line line{row, columns};
    if (row.fields.size() != width) {
      return fail(ErrorCode::bad_input,
                  "has " + std::to_string(row.fields.size()) + " fields, the header " +
                      std::to_string(width),
                  "line " + std::to_string(row.line));
    }
    SCR_TRY(unit, unit_of_line(line, ballots, definition));
    SCR_TRY(found, ballots ? ballot_of(line, definition) : figures_of(line, definition));
    if (!seen.insert(unit).second) return wrong(line, "unit", unit + " comes twice");
    found.unit = std::move(unit);
    all.push_back(std::move(found));
  }
  if (all.empty()) return fail(ErrorCode::bad_input, "there is no line below the header");
  return all;
}

}  // namespace scr::intake
