// SPDX-License-Identifier: Apache-2.0
#include "bundle/returns_table.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>

namespace scr::bundle {
namespace {

using parquet::Column;
using parquet::Counts;
using parquet::Texts;
using review::StationReturn;
using Returns = std::span<const StationReturn>;

Column texts(std::string name, Returns returns,
             const std::function<std::string(const StationReturn&)>& of) {
  Texts list;
  list.reserve(returns.size());
  for (const StationReturn& one : returns) list.push_back(of(one));
  return {std::move(name), std::move(list)};
}

Column counts(std::string name, Returns returns,
              const std::function<std::optional<std::int64_t>(const StationReturn&)>& of) {
  Counts list;
  list.reserve(returns.size());
  for (const StationReturn& one : returns) list.push_back(of(one));
  return {std::move(name), std::move(list)};
}

// The unit of a level that the station lies in; null if nobody says.
const election::Unit* unit_at(const election::Geography& geography, const StationReturn& one,
                              std::uint32_t depth) {
  const auto unit = geography.ancestor_at(one.unit, depth);
  return unit ? &geography.unit(*unit) : nullptr;
}

std::string entries_of(const StationReturn& one) {
  std::string list;
  for (const std::uint64_t entry : one.borne_by)
    list += (list.empty() ? "" : " ") + std::to_string(entry);
  return list;
}

std::string quoted(std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(field);
  std::string text = "\"";
  for (const char c : field) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

std::string field_of(const Column& column, std::size_t row) {
  if (const auto* list = std::get_if<Texts>(&column.values)) return quoted((*list)[row]);
  const auto& count = std::get<Counts>(column.values)[row];
  return count ? std::to_string(*count) : std::string();
}

}  // namespace

parquet::Table returns_table(const election::Definition& definition,
                             const election::Geography& geography, Returns returns) {
  parquet::Table table;
  table.push_back(texts("station", returns, [](const auto& one) { return one.station.value(); }));
  for (std::uint32_t depth = 1; depth <= definition.levels.size(); ++depth) {
    const std::string level = definition.levels[depth - 1].id.value();
    table.push_back(texts(level, returns, [&](const auto& one) {
      const election::Unit* unit = unit_at(geography, one, depth);
      return unit ? unit->id.value() : std::string();
    }));
    table.push_back(texts(level + "_name", returns, [&](const auto& one) {
      const election::Unit* unit = unit_at(geography, one, depth);
      return unit ? unit->name : std::string();
    }));
  }
  table.push_back(counts("registered", returns, [](const auto& one) {
    return one.registered ? std::optional(one.registered->count()) : std::nullopt;
  }));
  table.push_back(counts("valid", returns, [](const auto& one) { return one.valid.count(); }));
  table.push_back(counts("null", returns, [](const auto& one) { return one.null.count(); }));
  table.push_back(counts("invalid", returns, [](const auto& one) { return one.invalid.count(); }));
  for (std::size_t i = 0; i < definition.options.size(); ++i) {
    table.push_back(counts(definition.options[i].id.value(), returns,
                           [i](const auto& one) { return one.votes[i].count(); }));
  }
  table.push_back(counts("log_entry", returns,
                         [](const auto& one) { return static_cast<std::int64_t>(one.basis); }));
  table.push_back(counts("sources_agreeing", returns,
                         [](const auto& one) { return static_cast<std::int64_t>(one.agreeing); }));
  table.push_back(texts("borne_by_entries", returns, entries_of));
  return table;
}

std::string csv_of(const parquet::Table& table) {
  std::string csv;
  for (const Column& column : table) csv += (csv.empty() ? "" : ",") + quoted(column.name);
  csv += '\n';
  for (std::size_t row = 0; row < table.front().size(); ++row) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      if (i > 0) csv += ',';
      csv += field_of(table[i], row);
    }
    csv += '\n';
  }
  return csv;
}

}  // namespace scr::bundle
