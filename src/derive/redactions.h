// SPDX-License-Identifier: Apache-2.0
//
// Pictures that may be published in part: what was committed to, and what people approved.
//
// A value; any thread.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "cells/commitment.h"
#include "cells/mask.h"
#include "entry/index.h"
#include "note/key.h"

namespace scr::derive {

// How many different people must have approved the same mask.
inline constexpr std::size_t kApprovals = 2;

struct Person {
  entry::EntryIndex index;
  note::Vkey key;  // the one in force
  bool withdrawn = false;
  std::vector<note::PublicKey> former = {};  // that it replaced; nobody may take one of them again

  bool has_or_had(const note::PublicKey& wanted) const;
};

// By the name of the key; null if nobody has it.
Person* person_of(std::vector<Person>& people, std::string_view name);

// What a person said last of a picture.
struct Approval {
  entry::EntryIndex index;
  entry::ClaimedTime at;
  std::size_t person = 0;  // of RecordState::people
  cells::Mask mask;
};

struct CommittedPicture {
  entry::EntryIndex index;     // picture.committed
  entry::EntryIndex evidence;  // evidence.received
  Digest sha256;               // of the picture
  Digest file;                 // the salted commitment to it
  std::optional<cells::Commitment> cells;
  std::vector<Approval> approvals;  // at most one a person
  bool withheld = false;            // an entry says that nothing of it is handed out

  // The mask that enough people stand by; null if there is none, or the picture is withheld. Of
  // several, the one approved last.
  const cells::Mask* approved() const;
};

}  // namespace scr::derive
