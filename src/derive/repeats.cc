// SPDX-License-Identifier: Apache-2.0
#include "derive/repeats.h"

#include <string>
#include <utility>

#include "likeness/near_repeats.h"

namespace scr::derive {

std::vector<std::vector<std::size_t>> repeated_pictures(const RecordState& state) {
  std::vector<likeness::Fingerprint> prints;
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < state.pictures.size(); ++i) {
    const auto print = state.pictures[i].fingerprint();
    if (!print) continue;
    prints.push_back(*print);
    positions.push_back(i);
  }
  const auto may_be = [&](std::size_t a, std::size_t b) {
    const entry::SheetRead* one = state.pictures[positions[a]].read();
    const entry::SheetRead* other = state.pictures[positions[b]].read();
    return !one || !other || one->payload == other->payload;
  };
  auto groups = likeness::near_repeats(prints, may_be);
  for (auto& group : groups) {
    for (std::size_t& member : group) member = positions[member];
  }
  return groups;
}

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

std::vector<checks::Finding> near_repeats(const RecordState& state) {
  std::vector<checks::Finding> findings;
  for (const auto& group : repeated_pictures(state)) {
    checks::Finding finding;
    finding.code = checks::Code::near_repeat;
    finding.severity = checks::Severity::info;
    finding.source = election::SourceId(kSheetsSource);
    std::string pictures;
    for (const std::size_t member : group) {
      const PictureRead& picture = state.pictures[member];
      finding.entries.push_back(picture.index.value());
      pictures += (pictures.empty() ? "" : " ") + picture.sha256.hex();
    }
    finding.station = station_of(state, group);
    finding.details = {{"pictures", pictures}};
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace scr::derive
