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

struct Report {
  std::string origin;
  std::uint64_t tree_size = 0;
  Digest root;
  bool key_from_outside = false;    // false: the key lay in the bundle, which proves little
  std::vector<LevelReport> levels;  // all six, in order
  std::vector<StatedResult> results;
  std::vector<Problem> unknown_types;  // entries of a later program: listed, counted for nothing
  std::vector<std::string> sources;
  // Pictures of sheets show names and signatures; a published copy leaves them out, and then their
  // reading cannot be repeated.
  std::uint64_t pictures_withheld = 0;
  std::uint64_t pictures_redacted = 0;  // of these: there with parts hidden, and they hold
  std::uint64_t pictures_read_again = 0;
  // Of these, unread on record, and now a sheet of this election could be read.
  std::uint64_t pictures_legible_now = 0;

  // The lowest level that does not hold; nothing if all do.
  std::optional<Level> fails_at() const;
};

}  // namespace scr::verify
