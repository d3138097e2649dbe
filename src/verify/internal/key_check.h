// SPDX-License-Identifier: Apache-2.0
//
// Levels 0 and 1, as far as the log had more than one key: whether the one that signed is what
// follows, by the entries, from the one that is trusted. docs/verifying.md, 0.4 and 1.6.

#pragma once

#include <span>
#include <vector>

#include "derive/record_state.h"
#include "note/key.h"
#include "verify/internal/problems.h"
#include "verify/report.h"
#include "verify/tree_check.h"

namespace scr::verify {

struct KeyCheck {
  const note::Vkey& trusted;
  const note::Vkey& signer;                    // of log/checkpoint
  const derive::RecordState* state = nullptr;  // null: the entries say nothing
};

// Those of log.older that were signed by the key that the log had by then; another is a problem.
// One of a key that was bad by then says nothing: it is listed in `report` and left out.
std::vector<Older> check_older(const KeyCheck& keys, const LogEntries& log, LevelReport& tree,
                               Report& report);

// `older`: those whose roots hold.
void check_succession(const KeyCheck& keys, std::span<const Older> older, Report& report,
                      Problems& problems);

}  // namespace scr::verify
