// SPDX-License-Identifier: Apache-2.0
#include "derive/dossier.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "base/decimal.h"
#include "derive/repeats.h"

namespace scr::derive {
namespace {

constexpr std::size_t kLeastPrefix = 8;

// By position in state.pictures.
std::vector<std::vector<const PictureRead*>> repeats_by_picture(const RecordState& state) {
  std::vector<std::vector<const PictureRead*>> repeats(state.pictures.size());
  for (const auto& group : repeated_pictures(state)) {
    for (const std::size_t one : group) {
      for (const std::size_t other : group) {
        if (one != other) repeats[one].push_back(&state.pictures[other]);
      }
    }
  }
  return repeats;
}

std::vector<election::UnitOrdinal> units_above(const election::Geography& geography,
                                               election::UnitOrdinal unit) {
  std::vector<election::UnitOrdinal> units{unit};
  while (units.back() != geography.country()) units.push_back(geography.unit(units.back()).parent);
  return units;
}

}  // namespace

Dossier dossier_of(const RecordState& state, const Count& count,
                   const election::StationId& station) {
  Dossier dossier;
  dossier.station = station;
  for (const review::Transcript& transcript : state.transcripts) {
    if (transcript.figures.station == station) dossier.transcripts.push_back(&transcript);
  }
  for (const checks::Finding& finding : count.findings) {
    if (finding.station == station) dossier.findings.push_back(finding);
  }
  for (const review::StationReturn& accepted : count.returns) {
    if (accepted.station == station) dossier.accepted = &accepted;
  }
  if (dossier.accepted) dossier.sums = units_above(state.geography, dossier.accepted->unit);
  auto repeats = repeats_by_picture(state);
  for (std::size_t i = 0; i < state.pictures.size(); ++i) {
    const PictureRead& picture = state.pictures[i];
    if (picture.station != station) continue;
    PictureOnFile on_file{&picture, std::move(repeats[i]), false, state.withheld(picture.sha256)};
    if (dossier.accepted) {
      const auto& entries = dossier.accepted->borne_by;
      on_file.bears = std::binary_search(entries.begin(), entries.end(), picture.index.value());
    }
    dossier.pictures.push_back(std::move(on_file));
  }
  return dossier;
}

PictureOnFile with_repeats(const RecordState& state, const PictureRead& picture) {
  auto repeats = repeats_by_picture(state);
  const auto position = static_cast<std::size_t>(&picture - state.pictures.data());
  return {&picture, std::move(repeats[position]), false, state.withheld(picture.sha256)};
}

std::vector<PictureOnFile> waiting_for_people(const RecordState& state) {
  std::vector<PictureOnFile> waiting;
  auto repeats = repeats_by_picture(state);
  for (std::size_t i = 0; i < state.pictures.size(); ++i) {
    const bool was_read = std::any_of(repeats[i].begin(), repeats[i].end(),
                                      [](const PictureRead* other) { return other->read(); });
    const PictureRead& picture = state.pictures[i];
    if (picture.unread() && !was_read)
      waiting.push_back({&picture, std::move(repeats[i]), false, state.withheld(picture.sha256)});
  }
  return waiting;
}

Needs needs_of(const RecordState& state, const Count& count) {
  Needs needs;
  std::set<election::StationId> named;
  for (const review::Transcript& transcript : state.transcripts)
    named.insert(transcript.figures.station);
  for (const PictureRead& picture : state.pictures) {
    ++needs.pictures;
    if (!picture.read()) continue;
    ++needs.read;
    if (picture.zero_report) ++needs.zero_reports;
    named.insert(picture.station);
  }
  for (const review::StationReturn& accepted : count.returns) named.erase(accepted.station);
  needs.unread = static_cast<std::int64_t>(waiting_for_people(state).size());
  needs.undecided = static_cast<std::int64_t>(named.size());
  return needs;
}

Result<Meant> meant_by(const RecordState& state, std::string_view typed) {
  if (const auto index = parse_decimal(typed)) {
    for (const PictureRead& picture : state.pictures) {
      if (picture.index.value() == *index) return Meant{&picture, picture.station};
    }
    for (const review::Transcript& transcript : state.transcripts) {
      if (transcript.figures.basis == *index) return Meant{nullptr, transcript.figures.station};
    }
  }
  const PictureRead* found = nullptr;
  for (const PictureRead& picture : state.pictures) {
    if (typed.size() < kLeastPrefix || !picture.sha256.hex().starts_with(typed)) continue;
    if (found && found->sha256 != picture.sha256) {
      return fail(ErrorCode::bad_input, "several pictures begin so; type more of it",
                  std::string(typed));
    }
    found = &picture;
  }
  if (found) return Meant{found, found->station};
  return fail(ErrorCode::not_found,
              "neither a station, nor the entry of a picture or return, nor the beginning (8 hex "
              "digits at least) of a picture's SHA-256",
              std::string(typed));
}

}  // namespace scr::derive
