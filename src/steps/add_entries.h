// SPDX-License-Identifier: Apache-2.0
//
// What arrived and what was read of it -> the entries that say so, and the numbers that are told.
//
// Pure but for the time that it is given. One thread.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "derive/record_state.h"
#include "entry/index.h"
#include "reading/read_sheet.h"
#include "receive/arrivals.h"
#include "steps/add.h"

namespace scr::steps {

class AddEntries {
 public:
  // `state` must outlive it.
  explicit AddEntries(const derive::RecordState& state);

  // Appends the entries of one arrival to `entries`, the first of which will have index `base`.
  // `read`: of a picture that was read.
  void append(const receive::Arrival& arrival, const std::optional<reading::ReadSheet>& read,
              entry::ClaimedTime now, std::uint64_t base, std::vector<std::string>& entries);

  Added added;

 private:
  void append_reading(const reading::ReadSheet& read, entry::EntryIndex evidence,
                      entry::ClaimedTime now, std::vector<std::string>& entries);

  const election::Definition& definition_;
  std::map<Digest, entry::EntryIndex> evidence_;  // of pictures and containers
};

}  // namespace scr::steps
