// SPDX-License-Identifier: Apache-2.0
#include "election/geography.h"

#include <utility>

#include "base/check.h"

namespace scr::election {

Geography::Geography(const Definition& definition) {
  const std::string& language =
      definition.languages.empty() ? std::string("en") : definition.languages.front();
  units_.push_back({definition.country, definition.country_name.in(language), 0, UnitOrdinal(0)});
  by_id_[definition.country.value()] = 0;
}

Result<UnitOrdinal> Geography::add_path(std::span<const UnitId> path) {
  std::uint32_t parent = 0;
  std::size_t known = 0;  // how many of the path are in the tree already, from the top
  for (; known < path.size(); ++known) {
    const auto found = by_id_.find(path[known].value());
    if (found == by_id_.end()) break;
    const Unit& unit = units_[found->second];
    if (unit.parent.value() != parent || unit.depth != known + 1 || found->second == 0) {
      return fail(ErrorCode::conflict,
                  "lies in " + units_[unit.parent.value()].id.value() + " already, not in " +
                      units_[parent].id.value(),
                  path[known].value());
    }
    parent = found->second;
  }
  for (std::size_t i = known; i < path.size(); ++i) {
    bool twice = by_id_.count(path[i].value()) > 0;
    for (std::size_t j = known; j < i; ++j) twice = twice || path[j] == path[i];
    if (twice) {
      return fail(ErrorCode::conflict, "is known as another unit already", path[i].value());
    }
  }
  for (std::size_t i = known; i < path.size(); ++i) {
    const auto ordinal = static_cast<std::uint32_t>(units_.size());
    units_.push_back({path[i], "", static_cast<std::uint32_t>(i + 1), UnitOrdinal(parent)});
    by_id_[path[i].value()] = ordinal;
    parent = ordinal;
  }
  return UnitOrdinal(parent);
}

bool Geography::name_unit(const UnitId& unit, std::string name) {
  const auto found = by_id_.find(unit.value());
  if (found == by_id_.end()) return false;
  Unit& known = units_[found->second];
  if (known.name.empty())
    known.name = std::move(name);
  else if (known.name != name)
    return false;
  return true;
}

const Unit& Geography::unit(UnitOrdinal ordinal) const {
  SCR_CHECK(ordinal.value() < units_.size());
  return units_[ordinal.value()];
}

std::optional<UnitOrdinal> Geography::find(const UnitId& id) const {
  const auto found = by_id_.find(id.value());
  if (found == by_id_.end()) return std::nullopt;
  return UnitOrdinal(found->second);
}

std::optional<UnitOrdinal> Geography::ancestor_at(UnitOrdinal unit, std::uint32_t depth) const {
  while (this->unit(unit).depth > depth) unit = this->unit(unit).parent;
  if (this->unit(unit).depth < depth) return std::nullopt;
  return unit;
}

}  // namespace scr::election
