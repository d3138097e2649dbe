// SPDX-License-Identifier: Apache-2.0
//
// What a verification found, level by level. The obligations behind each level: docs/verifying.md.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/sha256.h"

namespace scr::verify {

enum class Level {
  signature = 0,  // the checkpoint is signed by the key that is trusted
  tree = 1,       // every entry and tile is what the checkpoint covers
  grammar = 2,    // every entry follows its grammar and refers to what is there
  evidence = 3,   // every file of evidence is there and is what its entry names
  readings = 4,   // reading the evidence again gives the same entries
  result = 5      // the results that were stated follow from the log
};
inline constexpr int kLevels = 6;

// "signature", "tree", ...
const char* name_of(Level level);

struct Problem {
  std::string where;  // a path, an entry
  std::string what;
};

struct LevelReport {
  Level level = Level::signature;
  bool reached = false;       // false: a lower level failed in a way that leaves nothing to check
  std::uint64_t checked = 0;  // how many things were looked at
  std::vector<Problem> problems;       // the first hundred
  std::uint64_t further_problems = 0;  // not listed

  bool holds() const { return reached && problems.empty(); }
};

struct StatedResult {
  std::uint64_t entry = 0;
  std::uint64_t size = 0;
  Digest sha256;
  bool follows = false;  // from entries 0 .. size-1
};

// Entries, or what a person approved, that count for nothing since their key was declared bad.
struct VoidedEntries {
  std::uint64_t from = 0;  // the first
  std::uint64_t by = 0;    // the entry that says so; nothing before it, from `from` on, counts
  std::string person;      // empty: the key was the log's, and all entries are meant
};

// A picture that an entry says is not handed out.
struct WithheldPicture {
  std::uint64_t entry = 0;
  Digest sha256;
  std::string reason;  // entry/picture_withheld.h: its name
};

struct Report {
  std::string origin;
  std::uint64_t tree_size = 0;
  Digest root;
  bool key_from_outside = false;         // false: the key lay in the bundle, which proves little
  bool policy_given = false;             // whose cosignatures are needed was said
  std::vector<std::string> cosigned_by;  // witnesses of that policy whose cosignatures hold
  std::vector<LevelReport> levels;       // all six, in order
  std::vector<StatedResult> results;
  std::uint64_t derived_compared = 0;  // files of the bundle that were made again from the log
  std::vector<Problem> unknown_types;  // entries of a later program: listed, counted for nothing
  std::vector<std::string> sources;
  std::vector<std::string> keys;  // of the log, vkeys, the first first; empty: it had one all along
  std::vector<VoidedEntries> voided;
  std::vector<std::string> void_checkpoints;  // kept ones that a key signed when it was bad
  std::optional<std::uint64_t> sealed;        // by this entry: the log ends there
  // True if the checkpoint that somebody kept is none of this log: it says nothing.
  bool known_is_foreign = false;
  // Pictures of sheets show names and signatures; a published copy leaves them out, and then their
  // reading cannot be repeated.
  std::uint64_t pictures_withheld = 0;
  std::vector<WithheldPicture> withheld;  // by an entry that says why
  std::uint64_t withheld_not_here = 0;    // of pictures_withheld
  std::uint64_t pictures_redacted = 0;    // of these: there with parts hidden, and they hold
  std::uint64_t pictures_read_again = 0;
  std::uint64_t pictures_done_before = 0;    // in an earlier run, which this one goes on with
  std::uint64_t pictures_not_in_sample = 0;  // at hand, and not asked for
  // Of these, unread on record, and now a sheet of this election could be read.
  std::uint64_t pictures_legible_now = 0;
  std::uint64_t containers_opened_again = 0;
  std::uint64_t pages_drawn_otherwise = 0;  // of them, by another version of what draws pages

  // The lowest level that does not hold; nothing if all do.
  std::optional<Level> fails_at() const;
};

}  // namespace scr::verify
