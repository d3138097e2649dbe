// SPDX-License-Identifier: Apache-2.0
#include "report/tally_json.h"

#include <optional>
#include <utility>

#include "report/internal/json.h"

namespace scr::report {
namespace {

using canon::Value;
using internal::json_of;

Value of_whole(const char* whole_name, const std::optional<election::Votes>& whole,
               const char* part_name, const std::optional<election::Votes>& part) {
  Value value = Value::object();
  value.set(whole_name, json_of(whole));
  value.set(part_name, json_of(part));
  return value;
}

Value document(const election::Definition& definition, Value rows) {
  Value options = Value::array();
  for (const election::Option& option : definition.options) {
    Value one = Value::object();
    one.set("id", Value(option.id.value()));
    one.set("name", Value(option.name));
    options.push_back(std::move(one));
  }
  Value value = Value::object();
  value.set("schema", Value("scrutineer.tally/1"));
  value.set("election", Value(definition.id));
  value.set("options", std::move(options));
  value.set("rows", std::move(rows));
  return value;
}

// The unit above, or null for the country.
Value parent_json(const election::Geography& geography, const election::Unit& unit) {
  return unit.depth == 0 ? Value() : Value(geography.unit(unit.parent).id.value());
}

Value name_json(const election::Definition& definition, const election::Unit& unit) {
  if (!unit.name.empty()) return Value(unit.name);
  if (unit.depth == 0 && !definition.country_name.by_language.empty()) {
    return Value(definition.country_name.in(definition.languages.empty()
                                                ? std::string_view("en")
                                                : std::string_view(definition.languages.front())));
  }
  return Value();
}

}  // namespace

Value tally_json(const election::Definition& definition, const election::Geography& geography,
                 const tally::Tallies& tallies, std::span<const election::UnitOrdinal> units) {
  Value rows = Value::array();
  for (const election::UnitOrdinal ordinal : units) {
    const election::Unit& unit = geography.unit(ordinal);
    const tally::Tally& tally = tallies.of(ordinal);
    Value row = Value::object();
    row.set("unit", Value(unit.id.value()));
    row.set("name", name_json(definition, unit));
    row.set("level",
            Value(unit.depth == 0 ? "country" : definition.levels[unit.depth - 1].id.value()));
    row.set("parent", parent_json(geography, unit));
    row.set("stations", of_whole("expected", tally.coverage.stations_expected, "returned",
                                 tally.coverage.stations_returned));
    row.set("registered", of_whole("total", tally.coverage.registered_total, "covered",
                                   tally.coverage.registered_covered));
    row.set("valid", json_of(tally.valid));
    row.set("null", json_of(tally.null));
    row.set("invalid", json_of(tally.invalid));
    row.set("votes", internal::votes_json(definition, tally.votes));
    rows.push_back(std::move(row));
  }
  return document(definition, std::move(rows));
}

Value tally_json(const election::Definition& definition, const election::Geography& geography,
                 std::span<const review::StationReturn> returns) {
  const election::Votes one = *election::Votes::from(1);
  Value rows = Value::array();
  for (const review::StationReturn& figures : returns) {
    Value row = Value::object();
    row.set("unit", Value(figures.station.value()));
    row.set("name", Value());
    row.set("level", Value("station"));
    row.set("parent", Value(geography.unit(figures.unit).id.value()));
    row.set("stations", of_whole("expected", one, "returned", one));
    row.set("registered", of_whole("total", figures.registered, "covered", figures.registered));
    row.set("valid", json_of(figures.valid));
    row.set("null", json_of(figures.null));
    row.set("invalid", json_of(figures.invalid));
    row.set("votes", internal::votes_json(definition, figures.votes));
    row.set("entry", Value(static_cast<std::int64_t>(figures.basis)));
    Value entries = Value::array();
    for (const std::uint64_t entry : figures.borne_by)
      entries.push_back(Value(static_cast<std::int64_t>(entry)));
    // Nothing yet of a transcription that was not accepted.
    if (!figures.borne_by.empty()) row.set("borne_by", std::move(entries));
    row.set("agreeing", Value(static_cast<std::int64_t>(figures.agreeing)));
    rows.push_back(std::move(row));
  }
  return document(definition, std::move(rows));
}

}  // namespace scr::report
