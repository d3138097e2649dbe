// SPDX-License-Identifier: Apache-2.0
//
// Which key the log had when: replaced by its owner (entry/key_rotated.h), or declared bad by the
// guardians of the definition (entry/key_revoked.h), who then say which one follows.
//
// The rules, enough to write them again: docs/formats/keys.md. A value; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "entry/index.h"
#include "note/key.h"

namespace scr::derive {

// A key of the log, in force for checkpoints of more entries than `since` says, until another is.
struct LogKey {
  note::Vkey key;
  entry::EntryIndex since;  // the entry that brought it; 0: the log began with it
  // It follows one that guardians declared bad from this entry on; nothing: its owner signed for
  // it.
  std::optional<entry::EntryIndex> bad_before = std::nullopt;
};

// Entries from .. by-1 count for nothing, since a key was declared bad by entry `by`: all of them
// if it is the log's, else what `person` approved.
struct Voided {
  entry::EntryIndex from;
  entry::EntryIndex by;
  std::string person;  // the name of the key; empty: the log's
  friend bool operator==(const Voided&, const Voided&) = default;
};

// Null if `keys` is empty.
const LogKey* log_key_at(std::span<const LogKey> keys, std::uint64_t tree_size);

// True if a checkpoint of that size was signed by a key that was bad by then: it says nothing.
bool is_void_size(std::span<const Voided> voided, std::uint64_t tree_size);

// Keys that entries name as those of this log, whether they are or not; ascending, each once. For
// finding who could have signed: what follows from the log is RecordState::log_keys.
std::vector<note::Vkey> claimed_log_keys(std::span<const std::string_view> entries,
                                         const note::KeyName& origin);

}  // namespace scr::derive
