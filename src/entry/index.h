// SPDX-License-Identifier: Apache-2.0
//
// Where an entry stands in the log: 0 is the genesis. An entry refers to earlier ones only.

#pragma once

#include <cstdint>

#include "base/id.h"

namespace scr::entry {

using EntryIndex = Id<struct EntryKind, std::uint64_t>;

// Seconds since 1970 (UTC), as the clock of whoever wrote the entry had it: a claim, not a proof.
using ClaimedTime = Id<struct ClaimedTimeKind, std::uint64_t>;

}  // namespace scr::entry
