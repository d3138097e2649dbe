// SPDX-License-Identifier: Apache-2.0
//
// All that a record has of one station, from picture to total; and the pictures that wait for a
// person.
//
//   SCR_TRY(counted, count(state, selection));
//   const Dossier dossier = dossier_of(state, counted, station);
//
// Values that look at the state and the count, and live no longer. Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "checks/finding.h"
#include "derive/conclusions.h"
#include "derive/record_state.h"
#include "review/station_return.h"
#include "review/transcript.h"

namespace scr::derive {

struct PictureOnFile {
  const PictureRead* picture = nullptr;
  std::vector<const PictureRead*> repeats;    // the same photograph again, in the order of the log
  bool bears = false;                         // the accepted return
  const WithheldPicture* withheld = nullptr;  // the entry that says that it is not handed out
};

struct Dossier {
  election::StationId station;
  std::vector<const review::Transcript*> transcripts;
  std::vector<PictureOnFile> pictures;  // of which the station was read
  std::vector<checks::Finding> findings;
  const review::StationReturn* accepted = nullptr;  // null: it counts as missing
  std::vector<election::UnitOrdinal> sums;  // that the return enters, the country last; or none

  bool empty() const { return transcripts.empty() && pictures.empty(); }
};

Dossier dossier_of(const RecordState& state, const Count& count,
                   const election::StationId& station);

// One picture with its repeats.
PictureOnFile with_repeats(const RecordState& state, const PictureRead& picture);

// Pictures of which no machine read a sheet, but for those that repeat one that was read.
std::vector<PictureOnFile> waiting_for_people(const RecordState& state);

// How many pictures there are, and what waits for a person.
struct Needs {
  std::int64_t pictures = 0;
  std::int64_t read = 0;          // of these
  std::int64_t zero_reports = 0;  // of those read
  std::int64_t unread = 0;        // waiting_for_people
  std::int64_t undecided = 0;     // stations of which something is on record and nothing counts
};
Needs needs_of(const RecordState& state, const Count& count);

// The picture, or the transcript's station, that somebody means by the index of an entry ("1042")
// or by the beginning of a picture's SHA-256 (8 hex digits at least).
struct Meant {
  const PictureRead* picture = nullptr;
  election::StationId station;  // empty: a picture that nobody could read
};
// not_found, or bad_input if several pictures begin so.
Result<Meant> meant_by(const RecordState& state, std::string_view typed);

}  // namespace scr::derive
