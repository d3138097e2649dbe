// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/switches.h"
#include "report/tally_json.h"
#include "report/text.h"
#include "steps/judge.h"
#include "tally/tally.h"

namespace scr::cli {
namespace {

constexpr const char* kStation = "station";
constexpr const char* kCountry = "country";

// The depth that --by names: 0 the country, 1 the first level, ...; one beyond the last for
// stations.
Result<std::uint32_t> depth_of(const std::string& level, const election::Definition& definition) {
  if (level == kCountry) return std::uint32_t{0};
  if (level == kStation) return static_cast<std::uint32_t>(definition.levels.size() + 1);
  const auto position = definition.level_position(election::LevelId(level));
  if (position) return static_cast<std::uint32_t>(*position + 1);
  std::string known = kCountry;
  for (const auto& each : definition.levels) known += ", " + each.id.value();
  return fail(ErrorCode::bad_input, "no such level; there are " + known + ", station",
              "--by " + level);
}

Result<election::UnitOrdinal> unit_of(const std::string& id, const election::Geography& geography) {
  if (const auto unit = geography.find(election::UnitId(id))) return *unit;
  return fail(ErrorCode::not_found, "no unit of that code has a sheet or a line in the roster", id);
}

bool lies_in(election::UnitOrdinal unit, election::UnitOrdinal whole,
             const election::Geography& geography) {
  return geography.ancestor_at(unit, geography.unit(whole).depth) == whole;
}

Result<int> run_tally(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(switches, switches_of(arguments, terminal.record));
  SCR_TRY(counted, steps::count(terminal.record, switches));
  const auto& definition = counted.record.state.definition;
  const auto& geography = counted.record.state.geography;
  election::UnitOrdinal whole = geography.country();
  if (const auto id = arguments.value("--unit")) {
    SCR_TRY(unit, unit_of(*id, geography));
    whole = unit;
  }
  // A unit alone is shown as itself; with a level, its parts are.
  std::uint32_t depth = geography.unit(whole).depth;
  if (const auto level = arguments.value("--by")) {
    SCR_TRY(named, depth_of(*level, definition));
    depth = named;
  }
  const report::TextStyle style{.colour = terminal.colour};
  if (depth > definition.levels.size()) {
    auto& returns = counted.count.returns;
    std::erase_if(returns, [&](const auto& r) { return !lies_in(r.unit, whole, geography); });
    if (terminal.json) {
      print_json(terminal, report::tally_json(definition, geography, returns));
    } else {
      terminal.out << report::tally_text(terminal.language, definition, returns, style);
    }
    return 0;
  }
  auto units = tally::units_at_depth(geography, depth);
  std::erase_if(units, [&](auto unit) { return !lies_in(unit, whole, geography); });
  if (terminal.json) {
    print_json(terminal, report::tally_json(definition, geography, counted.count.tallies, units));
  } else {
    terminal.out << report::tally_text(terminal.language, definition, geography,
                                       counted.count.tallies, units, style);
  }
  return 0;
}

}  // namespace

Command tally_command() {
  std::vector<OptionSpec> options{
      {"--by",
       "LEVEL",
       {"country, a level of the definition (state, ...), or station",
        "country, un nivel de la definición (state, ...) o station"}},
      {"--unit",
       "CODE",
       {"only this unit and what lies in it", "solo esta unidad y lo que contiene"}}};
  for (OptionSpec& option : premise_options()) {
    if (std::string(option.name) != "--cap") options.push_back(option);
  }
  return {
      .name = "tally",
      .summary = {"the count, with how much of the whole it is", "el escrutinio, con su cobertura"},
      .description = {"Adds up the accepted returns for every unit of a level. A number of "
                      "stations or electors "
                      "that nobody knows is left out, never guessed.",
                      "Suma las actas aceptadas de cada unidad de un nivel. Un número de mesas o "
                      "electores que "
                      "nadie conoce se omite, nunca se adivina."},
      .operands = {},
      .options = options,
      .run = run_tally};
}

}  // namespace scr::cli
