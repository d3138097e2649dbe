// SPDX-License-Identifier: Apache-2.0
#include "election/definition.h"

#include "base/check.h"

namespace scr::election {

const std::string& Words::in(std::string_view language) const {
  SCR_CHECK(!by_language.empty());
  auto found = by_language.find(std::string(language));
  if (found == by_language.end()) found = by_language.find("en");
  return found == by_language.end() ? by_language.begin()->second : found->second;
}

const Total* Totals::find(const TotalId& id) const {
  for (const Total& total : known) {
    if (total.id == id) return &total;
  }
  return nullptr;
}

const Total& Totals::chosen_total() const {
  const Total* total = find(chosen);
  SCR_CHECK(total != nullptr);
  return *total;
}

std::optional<std::size_t> Definition::option_position(const OptionId& option) const {
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (options[i].id == option) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> Definition::level_position(const LevelId& level) const {
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i].id == level) return i;
  }
  return std::nullopt;
}

}  // namespace scr::election
