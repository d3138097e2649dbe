// SPDX-License-Identifier: Apache-2.0
#include "forge/figures.h"

#include <algorithm>
#include <map>
#include <optional>

#include "intake/mapping.h"
#include "intake/read_returns.h"

namespace scr::forge {
namespace {

// `total` shared among `parts`, the last taking most.
std::vector<std::uint64_t> shared(std::uint64_t total, std::size_t parts, Chance& chance) {
  std::vector<std::uint64_t> out(parts, 0);
  for (std::size_t i = 0; i + 1 < parts; ++i) {
    const auto most = static_cast<int>(std::min<std::uint64_t>(total / 12 + 1, total));
    out[i] = static_cast<std::uint64_t>(chance.whole(0, most));
    total -= out[i];
  }
  if (parts > 0) out.back() = total;
  return out;
}

// The code of a sheet: the pattern's {name:width} filled with digits, from the front of
// `station`'s.
std::string code_of(const election::SheetFormat& format, std::string_view digits) {
  std::string code;
  const std::string& pattern = format.code_pattern;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') {
      code += pattern[i];
      continue;
    }
    const std::size_t end = pattern.find('}', i);
    const std::size_t colon = pattern.find(':', i);
    const auto width =
        static_cast<std::size_t>(std::stoi(pattern.substr(colon + 1, end - colon - 1)));
    code += digits.substr(0, width);
    digits.remove_prefix(std::min(width, digits.size()));
    i = end;
  }
  return code;
}

// Lines of each option, as positions in the ballot's order.
std::vector<std::vector<std::size_t>> places_of_lines(const election::Definition& definition) {
  const auto order = order_of_lines(definition);
  std::vector<std::vector<std::size_t>> places;
  for (const election::Option& option : definition.options) {
    auto& own = places.emplace_back();
    for (const election::Line& line : option.lines) {
      const auto found = std::find(order.begin(), order.end(), line.id);
      if (found != order.end()) own.push_back(static_cast<std::size_t>(found - order.begin()));
    }
  }
  return places;
}

}  // namespace

Result<std::vector<Figures>> figures_of_returns(std::string_view csv, std::string_view mapping,
                                                const election::Definition& definition,
                                                std::uint64_t seed) {
  if (definition.sheets.empty())
    return fail(ErrorCode::bad_input, "the definition has no [[sheet]]");
  std::optional<intake::Mapping> columns;
  if (!mapping.empty()) {
    SCR_TRY(parsed, intake::parse_mapping(mapping, definition));
    columns = std::move(parsed);
  }
  SCR_TRY(read, intake::read_returns(csv, columns ? &*columns : nullptr, definition));
  std::map<election::UnitId, std::string> names;
  for (const intake::NamedUnit& unit : read.names) names[unit.unit] = unit.name;
  const auto places = places_of_lines(definition);
  std::vector<Figures> figures;
  Chance chance(seed);
  for (const intake::ImportedRow& row : read.rows) {
    Figures own;
    std::string digits;
    for (const char c : row.station.value()) {
      if (c >= '0' && c <= '9') digits += c;
    }
    own.code = code_of(definition.sheets.front(), digits);
    for (const election::UnitId& unit : row.place) {
      const auto name = names.find(unit);
      own.places.push_back(name != names.end() ? name->second : unit.value());
    }
    own.lines.assign(order_of_lines(definition).size(), 0);
    for (std::size_t o = 0; o < places.size(); ++o) {
      const auto parts = shared(row.votes[o].count(), places[o].size(), chance);
      for (std::size_t i = 0; i < parts.size(); ++i) own.lines[places[o][i]] = parts[i];
    }
    own.null = row.null.count();
    own.invalid = row.invalid.count();
    own.registered = row.registered ? row.registered->count() : own.cast();
    figures.push_back(std::move(own));
  }
  return figures;
}

Figures invented_figures(const election::Definition& definition, Chance& chance) {
  const election::SheetFormat& format = definition.sheets.front();
  Figures own;
  std::string digits;
  for (int i = 0; i < 40; ++i)
    digits += static_cast<char>('0' + chance.whole(i == 0 ? 1 : 0, i < 2 ? 2 : 9));
  own.code = code_of(format, digits);
  for (const election::Level& level : definition.levels) {
    own.places.push_back(level.name.in("es") + " " + std::to_string(chance.whole(1, 99)));
  }
  own.registered = static_cast<std::uint64_t>(chance.whole(200, 900));
  auto left =
      static_cast<std::uint64_t>(static_cast<double>(own.registered) * chance.between(0.3, 0.85));
  const auto places = places_of_lines(definition);
  own.lines.assign(order_of_lines(definition).size(), 0);
  for (std::size_t o = 0; o < places.size(); ++o) {
    const double share = o < 2 ? chance.between(0.2, 0.75) : chance.between(0, 0.08);
    const auto votes = o + 1 == places.size()
                           ? std::min<std::uint64_t>(left, 5)
                           : static_cast<std::uint64_t>(static_cast<double>(left) * share);
    left -= votes;
    const auto parts = shared(votes, places[o].size(), chance);
    for (std::size_t i = 0; i < parts.size(); ++i) own.lines[places[o][i]] = parts[i];
  }
  own.null = static_cast<std::uint64_t>(chance.happens(0.3) ? chance.whole(1, 9) : 0);
  return own;
}

}  // namespace scr::forge
