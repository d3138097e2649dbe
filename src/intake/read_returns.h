// SPDX-License-Identifier: Apache-2.0
//
// Reads somebody's CSV of returns. A file that cannot be understood is refused whole; a line that
// says no return is refused alone and kept in view, never skipped.
//
//   SCR_TRY(read, intake::read_returns(bytes, &mapping, definition));
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "election/ids.h"
#include "election/votes.h"
#include "intake/mapping.h"

namespace scr::intake {

struct ImportedRow {
  std::uint64_t row = 0;  // line of the file, the header being 1
  election::StationId station;
  std::vector<election::UnitId> place;  // largest first
  std::optional<election::Votes> registered;
  election::Votes valid;
  election::Votes null;
  election::Votes invalid;
  std::vector<election::Votes> votes;  // in the definition's order
};

struct RefusedRow {
  std::uint64_t row = 0;
  // "too-few-fields", "too-many-fields", "missing-field", "bad-number", "bad-station", "bad-unit".
  std::string code;
  std::string column;  // the first that was wrong; empty if the whole line is
};

struct NamedUnit {
  election::UnitId unit;
  election::LevelId level;
  std::string name;
};

struct ReadReturns {
  std::vector<ImportedRow> rows;
  std::vector<RefusedRow> refused;
  std::vector<NamedUnit> names;  // each unit once, with the first name that the file gives it
};

// `mapping` null: columns by convention (mapping.h). bad_input if the file is empty, not in its
// encoding (with the byte), or lacks a column that the mapping names (with those that it has).
Result<ReadReturns> read_returns(std::string_view file, const Mapping* mapping,
                                 const election::Definition& definition);

}  // namespace scr::intake
