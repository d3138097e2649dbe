// SPDX-License-Identifier: Apache-2.0
//
// Level 1: every entry hashed again, every tile of every level compared with what the entries give,
// exact widths, the root, and every older checkpoint that the bundle keeps.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "note/checkpoint.h"
#include "note/key.h"
#include "verify/bundle.h"
#include "verify/report.h"

namespace scr::verify {

// The entries, looking into their own memory. Can be moved; entries live as long as it.
struct LogEntries {
  std::vector<Arena> memory;
  std::vector<std::string_view> entries;
};

// What could be read. If `report` has no problem afterwards, the entries are those of `checkpoint`,
// and go on from `known`, a checkpoint that somebody kept from earlier, if there is one.
LogEntries check_tree(const Bundle& bundle, const note::Checkpoint& checkpoint,
                      const note::Vkey& key, const std::optional<std::string>& known,
                      LevelReport& report);

}  // namespace scr::verify
