// SPDX-License-Identifier: Apache-2.0
//
// The tree of units that stations lie in: the country, its states, and so on down to the lowest
// level that the definition names. It is grown from what is on record (roster, returns), so a unit
// without any sheet or roster line is not in it.
//
//   Geography map(definition);
//   SCR_TRY(centre, map.add_path({UnitId{"01"}, UnitId{"0101"}}));
//
// A value. Ordinals are stable: units are numbered as they came. Any thread may read it.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "election/ids.h"

namespace scr::election {

using UnitOrdinal = Id<struct UnitOrdinalKind, std::uint32_t>;  // position in Geography::units()

struct Unit {
  UnitId id;
  std::string name;         // empty if nobody named it
  std::uint32_t depth = 0;  // 0 the country, 1 the first of Definition::levels, ...
  UnitOrdinal parent;       // the country is its own parent
};

class Geography {
 public:
  // Holds the country only.
  explicit Geography(const Definition& definition);

  // The lowest unit of `path` (largest first, one id for each level, at most as many as levels;
  // fewer is allowed: the station then lies directly in a higher unit). Units that are new are
  // added under their parent. Fails with conflict, changing nothing, if a unit of the path is
  // already known under another parent or at another level.
  Result<UnitOrdinal> add_path(std::span<const UnitId> path);

  // Names a unit if it is known and has no name yet. False if it has another name already or is
  // not known.
  bool name_unit(const UnitId& unit, std::string name);

  std::span<const Unit> units() const { return units_; }
  const Unit& unit(UnitOrdinal ordinal) const;
  std::optional<UnitOrdinal> find(const UnitId& id) const;
  UnitOrdinal country() const { return UnitOrdinal{0}; }

  // `unit` itself or the unit above it that stands at `depth`; nothing if it lies above that depth.
  std::optional<UnitOrdinal> ancestor_at(UnitOrdinal unit, std::uint32_t depth) const;

 private:
  std::vector<Unit> units_;
  std::unordered_map<std::string, std::uint32_t> by_id_;
};

}  // namespace scr::election
