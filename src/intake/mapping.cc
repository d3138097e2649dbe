// SPDX-License-Identifier: Apache-2.0
//
// The only file of the room that reads TOML.
#include "intake/mapping.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "toml/parse.h"

namespace scr::intake {
namespace {

std::string line_of(const ::toml::node& node) {
  return "line " + std::to_string(node.source().begin.line);
}

Result<void> known_keys(const ::toml::table& table, std::initializer_list<std::string_view> keys) {
  for (const auto& [key, value] : table) {
    if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
    std::string known;
    for (std::string_view each : keys) known += (known.empty() ? "" : ", ") + std::string(each);
    return fail(ErrorCode::bad_input,
                "unknown key \"" + std::string(key.str()) + "\"; known here are " + known,
                "line " + std::to_string(key.source().begin.line));
  }
  return {};
}

Result<std::optional<std::string>> column_name(const ::toml::table& table, std::string_view key) {
  const ::toml::node* node = table.get(key);
  if (!node) return std::optional<std::string>();
  const auto* text = node->as_string();
  if (!text || text->get().empty()) {
    return fail(ErrorCode::bad_input, std::string(key) + ": must be the name of a column",
                line_of(*node));
  }
  return std::optional(text->get());
}

Result<Column> read_column(const ::toml::table& table) {
  SCR_TRY_VOID(known_keys(table, {"column", "pad"}));
  SCR_TRY(name, column_name(table, "column"));
  if (!name) return fail(ErrorCode::bad_input, "column: is missing", line_of(table));
  const std::int64_t pad = table["pad"].value_or(std::int64_t{0});
  if (pad < 0 || pad > 32)
    return fail(ErrorCode::bad_input, "pad: must be 0 to 32", line_of(table));
  return Column{std::move(*name), static_cast<std::size_t>(pad)};
}

Result<Pieces> read_pieces(const ::toml::table& table, std::string_view key) {
  const ::toml::node* node = table.get(key);
  const std::string name(key);
  if (!node) return fail(ErrorCode::bad_input, name + ": is missing", line_of(table));
  Pieces pieces;
  if (const auto* column = node->as_string()) {
    pieces.emplace_back(Column{column->get()});
    return pieces;
  }
  const auto* list = node->as_array();
  if (!list || list->empty()) {
    return fail(
        ErrorCode::bad_input,
        name + ": must be a column, or a list such as [{column = \"CENTRE\", pad = 9}, \".\"]",
        line_of(*node));
  }
  for (const ::toml::node& piece : *list) {
    if (const auto* text = piece.as_string()) {
      pieces.emplace_back(text->get());
    } else if (const auto* inner = piece.as_table()) {
      SCR_TRY(column, read_column(*inner));
      pieces.emplace_back(std::move(column));
    } else {
      return fail(ErrorCode::bad_input, name + ": each part is a text or {column = ..., pad = ...}",
                  line_of(piece));
    }
  }
  return pieces;
}

Result<void> read_places(const ::toml::table& root, const election::Definition& definition,
                         Mapping& mapping) {
  const ::toml::node* node = root.get("place");
  if (!node) return {};
  const auto* list = node->as_array();
  if (!list || !list->is_array_of_tables()) {
    return fail(ErrorCode::bad_input, "place: must be tables, [[place]]", line_of(*node));
  }
  for (const ::toml::node& each : *list) {
    const ::toml::table& table = *each.as_table();
    SCR_TRY_VOID(known_keys(table, {"level", "code", "whole", "name"}));
    const std::size_t next = mapping.places.size();
    const auto level = table["level"].value<std::string>();
    if (next >= definition.levels.size() || !level ||
        *level != definition.levels[next].id.value()) {
      return fail(ErrorCode::bad_input,
                  "level: the places follow the levels of the definition, largest first" +
                      (next < definition.levels.size()
                           ? "; here \"" + definition.levels[next].id.value() + "\" is due"
                           : std::string("; there are no more")),
                  line_of(table));
    }
    Place place;
    SCR_TRY(code, read_pieces(table, "code"));
    SCR_TRY(name, column_name(table, "name"));
    place.code = std::move(code);
    place.name = std::move(name);
    place.whole = table["whole"].value_or(false);
    mapping.places.push_back(std::move(place));
  }
  return {};
}

Result<std::vector<std::string>> read_vote_columns(const ::toml::node& node) {
  if (const auto* text = node.as_string()) return std::vector<std::string>{text->get()};
  std::vector<std::string> columns;
  if (const auto* list = node.as_array()) {
    for (const ::toml::node& each : *list) {
      if (const auto* text = each.as_string()) columns.push_back(text->get());
    }
    if (!columns.empty() && columns.size() == list->size()) return columns;
  }
  return fail(ErrorCode::bad_input, "must be a column, or a list of columns that add up",
              line_of(node));
}

Result<void> read_votes(const ::toml::table& root, const election::Definition& definition,
                        Mapping& mapping) {
  const ::toml::node* node = root.get("votes");
  const auto* table = node ? node->as_table() : nullptr;
  if (!table) {
    return fail(ErrorCode::bad_input, "votes: is missing: [votes] with one line for each option");
  }
  for (const auto& [key, value] : *table) {
    if (definition.option_position(election::OptionId(std::string(key.str())))) continue;
    return fail(ErrorCode::bad_input,
                "the definition has no option \"" + std::string(key.str()) + "\"",
                "line " + std::to_string(key.source().begin.line));
  }
  std::set<std::string> taken;
  for (const election::Option& option : definition.options) {
    const ::toml::node* columns = table->get(option.id.value());
    if (!columns) {
      return fail(ErrorCode::bad_input, "votes: no line for the option " + option.id.value(),
                  line_of(*table));
    }
    SCR_TRY(names, read_vote_columns(*columns));
    for (const std::string& name : names) {
      if (taken.insert(name).second) continue;
      return fail(ErrorCode::bad_input, "the column \"" + name + "\" would be counted twice",
                  line_of(*columns));
    }
    mapping.votes.push_back(std::move(names));
  }
  return {};
}

Result<void> read_form(const ::toml::table& root, Mapping& mapping) {
  const std::string encoding = root["encoding"].value_or(std::string("utf-8"));
  if (encoding == "latin-1") {
    mapping.encoding = Encoding::latin1;
  } else if (encoding == "windows-1252") {
    mapping.encoding = Encoding::windows1252;
  } else if (encoding != "utf-8") {
    return fail(ErrorCode::bad_input,
                "encoding: must be \"utf-8\", \"latin-1\" or \"windows-1252\"",
                line_of(*root.get("encoding")));
  }
  const std::string delimiter = root["delimiter"].value_or(std::string(","));
  if (delimiter.size() != 1 || delimiter == "\"" || delimiter == "\n") {
    return fail(ErrorCode::bad_input, "delimiter: must be one character, such as \",\" or \";\"",
                line_of(*root.get("delimiter")));
  }
  mapping.delimiter = delimiter[0];
  return {};
}

Result<Mapping> read_mapping(const ::toml::table& root, const election::Definition& definition) {
  SCR_TRY_VOID(known_keys(root, {"delimiter", "encoding", "station", "place", "registered", "valid",
                                 "null", "invalid", "votes"}));
  Mapping mapping;
  SCR_TRY_VOID(read_form(root, mapping));
  SCR_TRY(station, read_pieces(root, "station"));
  mapping.station = std::move(station);
  SCR_TRY_VOID(read_places(root, definition, mapping));
  SCR_TRY(registered, column_name(root, "registered"));
  SCR_TRY(valid, column_name(root, "valid"));
  SCR_TRY(null, column_name(root, "null"));
  SCR_TRY(invalid, column_name(root, "invalid"));
  mapping.registered = std::move(registered);
  mapping.valid = std::move(valid);
  mapping.null = std::move(null);
  mapping.invalid = std::move(invalid);
  SCR_TRY_VOID(read_votes(root, definition, mapping));
  return mapping;
}

}  // namespace

Result<Mapping> parse_mapping(std::string_view text, const election::Definition& definition) {
  SCR_TRY(root, toml::parse_text(text));
  return read_mapping(root, definition);
}

Mapping conventional_mapping(const std::vector<std::string>& columns,
                             const election::Definition& definition) {
  const auto present = [&](const std::string& name) -> std::optional<std::string> {
    const bool there = std::find(columns.begin(), columns.end(), name) != columns.end();
    return there ? std::optional(name) : std::nullopt;
  };
  Mapping mapping;
  mapping.station.emplace_back(Column{"station"});
  for (const election::Level& level : definition.levels) {
    if (!present(level.id.value())) break;
    Place place;
    place.code.emplace_back(Column{level.id.value(), level.width});
    place.whole = true;
    place.name = present(level.id.value() + "_name");
    mapping.places.push_back(std::move(place));
  }
  mapping.registered = present("registered");
  mapping.valid = present("valid");
  mapping.null = present("null");
  mapping.invalid = present("invalid");
  for (const election::Option& option : definition.options) {
    mapping.votes.push_back({option.id.value()});
  }
  return mapping;
}

}  // namespace scr::intake
