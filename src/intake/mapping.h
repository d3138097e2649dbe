// SPDX-License-Identifier: Apache-2.0
//
// Which column of somebody's file says what. A TOML file; docs/election-definition.md, "Mappings".
//
//   station = [{column = "CENTRO", pad = 9}, ".", {column = "MESA", pad = 2}]
//
// A value; any thread may read it.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "election/definition.h"

namespace scr::intake {

enum class Encoding { utf8, latin1, windows1252 };

struct Column {
  std::string name;
  std::size_t pad = 0;  // zeros on the left up to this length
};

// A text put together from columns and fixed parts.
using Pieces = std::vector<std::variant<Column, std::string>>;

struct Place {
  Pieces code;
  bool whole = false;  // the code is the unit's whole id; else it follows the id of the unit above
  std::optional<std::string> name;  // column with the unit's name
};

struct Mapping {
  char delimiter = ',';
  Encoding encoding = Encoding::utf8;
  Pieces station;
  std::vector<Place> places;  // one for each level, largest first; fewer is allowed
  std::optional<std::string> registered;
  std::optional<std::string> valid;             // absent: the sum of the votes
  std::optional<std::string> null;              // absent: 0
  std::optional<std::string> invalid;           // absent: 0
  std::vector<std::vector<std::string>> votes;  // for each option, the columns that add up to it
};

// bad_input with the line and what is allowed there.
Result<Mapping> parse_mapping(std::string_view toml, const election::Definition& definition);

// The mapping by convention: "station", the ids of levels and "<level>_name", "registered",
// "valid", "null", "invalid", and one column for each option by its id. `columns`: those that the
// file has.
Mapping conventional_mapping(const std::vector<std::string>& columns,
                             const election::Definition& definition);

}  // namespace scr::intake
