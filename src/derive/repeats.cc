// SPDX-License-Identifier: Apache-2.0
#include "derive/repeats.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "likeness/near_repeats.h"

namespace scr::derive {
namespace {

// The one that those of the group name that were read; empty if none was, or they name several.
election::StationId station_of(const RecordState& state, const std::vector<std::size_t>& group) {
  election::StationId station;
  for (const std::size_t member : group) {
    const election::StationId& named = state.pictures[member].station;
    if (named.value().empty() || named == station) continue;
    if (!station.value().empty()) return {};
    station = named;
  }
  return station;
}

}  // namespace

std::vector<std::vector<std::size_t>> repeated_pictures(const RecordState& state) {
  std::vector<likeness::Likeness> pictures;
  std::vector<std::size_t> positions;
  std::map<std::string_view, std::uint32_t> sheets;  // by what their codes say
  for (std::size_t i = 0; i < state.pictures.size(); ++i) {
    const auto print = state.pictures[i].fingerprint();
    if (!print) continue;
    const entry::SheetRead* read = state.pictures[i].read();
    const auto next = static_cast<std::uint32_t>(sheets.size() + 1);
    pictures.push_back({*print, read ? sheets.emplace(read->payload, next).first->second : 0});
    positions.push_back(i);
  }
  auto groups = likeness::near_repeats(pictures);
  for (auto& group : groups) {
    for (std::size_t& member : group) member = positions[member];
  }
  return groups;
}

std::vector<checks::Finding> near_repeats(const RecordState& state) {
  std::vector<checks::Finding> findings;
  for (const auto& group : repeated_pictures(state)) {
    checks::Finding finding;
    finding.code = checks::Code::near_repeat;
    finding.severity = checks::Severity::info;
    finding.source = election::SourceId(kSheetsSource);
    for (const std::size_t member : group)
      finding.entries.push_back(state.pictures[member].index.value());
    finding.station = station_of(state, group);
    finding.details = {{"pictures", std::to_string(group.size())}};
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace scr::derive
