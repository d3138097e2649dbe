// SPDX-License-Identifier: Apache-2.0
//
// Level 1: every entry hashed again, every tile of every level compared with what the entries give,
// exact widths, the root, and every older checkpoint that the bundle keeps.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "note/checkpoint.h"
#include "note/key.h"
#include "verify/bundle.h"
#include "verify/report.h"

namespace scr::verify {

// A checkpoint of the log that must be a beginning of the same tree.
struct Older {
  std::string where;
  note::Checkpoint checkpoint;
  std::vector<note::Vkey> keys;  // that signed it
  bool kept = false;             // by whoever verifies; else it lies in the bundle
};

// The entries, looking into their own memory. Can be moved; entries live as long as it.
struct LogEntries {
  std::vector<Arena> memory;
  std::vector<std::string_view> entries;
  std::vector<Digest> subtrees;  // roots of the full bundles
  std::vector<Older> older;      // ascending by size
};

// What could be read. If `report` has no problem afterwards, the entries are those of `checkpoint`,
// and `older` has what the bundle keeps and `known`, a checkpoint that somebody kept from earlier.
// `key` is that which is trusted; which others the log had is said by its entries.
LogEntries check_tree(const Bundle& bundle, const note::Checkpoint& checkpoint,
                      const note::Vkey& key, const std::optional<std::string>& known,
                      LevelReport& report);

// That the log goes on from each of `older`.
void check_history(std::span<const Older> older, const LogEntries& log, LevelReport& report);

}  // namespace scr::verify
