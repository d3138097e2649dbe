// SPDX-License-Identifier: Apache-2.0
#include "election/roster.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/bytes.h"
#include "base/decimal.h"
#include "csv/csv.h"

namespace scr::election {
namespace {

// Where the columns stand in the header.
struct Columns {
  std::size_t station = 0;
  std::vector<std::size_t> levels;                // largest first
  std::vector<std::optional<std::size_t>> names;  // one for each of `levels`
  std::optional<std::size_t> registered;
  std::size_t count = 0;
};

std::optional<std::size_t> column(const csv::Row& header, std::string_view name) {
  const auto found = std::find(header.fields.begin(), header.fields.end(), name);
  if (found == header.fields.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.fields.begin());
}

Result<Columns> columns_of(const csv::Row& header, const Definition& definition) {
  Columns columns;
  columns.count = header.fields.size();
  const auto station = column(header, "station");
  if (!station) {
    return fail(ErrorCode::bad_input, "the header has no column \"station\"", "line 1");
  }
  columns.station = *station;
  columns.registered = column(header, "registered");
  std::size_t used = columns.registered ? 2 : 1;
  for (const Level& level : definition.levels) {
    const auto code = column(header, level.id.value());
    if (!code) break;
    columns.levels.push_back(*code);
    columns.names.push_back(column(header, level.id.value() + "_name"));
    used += columns.names.back() ? 2 : 1;
  }
  if (used != columns.count) {
    return fail(ErrorCode::bad_input,
                "a column of the header is unknown; known are station, registered, and for each "
                "level, largest first, its id and <id>_name",
                "line 1");
  }
  return columns;
}

bool is_code(std::string_view code) {
  for (char c : code) {
    if (c <= 0x20 || c >= 0x7f || c == ',' || c == '"') return false;
  }
  return !code.empty() && code.size() <= 64;
}

Result<RosterStation> station_of(const csv::Row& row, const Columns& columns,
                                 Geography& geography) {
  RosterStation station;
  station.id = StationId(std::string(row.fields[columns.station]));
  if (!is_code(station.id.value())) {
    return fail(ErrorCode::bad_input, "the station's code is empty, or holds a space or worse");
  }
  std::vector<UnitId> path;
  for (const std::size_t level : columns.levels) path.emplace_back(std::string(row.fields[level]));
  for (const UnitId& unit : path) {
    if (!is_code(unit.value())) {
      return fail(ErrorCode::bad_input, "a unit's code is empty, or holds a space or worse");
    }
  }
  SCR_TRY(unit, geography.add_path(path));
  station.unit = unit;
  for (std::size_t i = 0; i < columns.names.size(); ++i) {
    if (!columns.names[i] || row.fields[*columns.names[i]].empty()) continue;
    geography.name_unit(path[i], std::string(row.fields[*columns.names[i]]));
  }
  if (columns.registered && !row.fields[*columns.registered].empty()) {
    const auto number = parse_decimal(row.fields[*columns.registered]);
    const auto votes = number && *number <= static_cast<std::uint64_t>(Votes::kMax)
                           ? Votes::from(static_cast<std::int64_t>(*number))
                           : std::nullopt;
    if (!votes) return fail(ErrorCode::bad_input, "registered is not a whole number");
    station.registered = votes;
  }
  return station;
}

}  // namespace

const RosterStation* Roster::find(const StationId& id) const {
  const auto found = std::lower_bound(
      stations.begin(), stations.end(), id,
      [](const RosterStation& station, const StationId& wanted) { return station.id < wanted; });
  return found != stations.end() && found->id == id ? &*found : nullptr;
}

Result<Roster> parse_roster(std::string_view text, const Definition& definition,
                            Geography& geography) {
  if (!is_utf8(text)) return fail(ErrorCode::bad_input, "is not UTF-8; save it as UTF-8");
  csv::Reader reader(text, ',');
  csv::Row row;
  SCR_TRY(has_header, reader.next(row));
  if (!has_header) return fail(ErrorCode::bad_input, "is empty: not even a header");
  SCR_TRY(columns, columns_of(row, definition));
  Roster roster;
  std::unordered_set<std::string> seen;
  while (true) {
    SCR_TRY(more, reader.next(row));
    if (!more) break;
    const std::string where = "line " + std::to_string(row.line);
    if (row.fields.size() != columns.count) {
      return fail(ErrorCode::bad_input,
                  "has " + std::to_string(row.fields.size()) + " fields, the header " +
                      std::to_string(columns.count),
                  where);
    }
    SCR_TRY(station, at(where, station_of(row, columns, geography)));
    if (!seen.insert(station.id.value()).second) {
      return fail(ErrorCode::bad_input, "station " + station.id.value() + " stands there twice",
                  where);
    }
    roster.stations.push_back(std::move(station));
  }
  std::sort(roster.stations.begin(), roster.stations.end(),
            [](const RosterStation& a, const RosterStation& b) { return a.id < b.id; });
  return roster;
}

}  // namespace scr::election
