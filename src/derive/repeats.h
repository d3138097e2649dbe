// SPDX-License-Identifier: Apache-2.0
//
// Pictures on record that are one photograph, compressed or scaled anew: each group is one picture,
// however many files it came in.
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <vector>

#include "checks/finding.h"
#include "derive/record_state.h"

namespace scr::derive {

// Groups of two and more, as positions in state.pictures, ascending. Two whose codes say different
// things are not joined by their likeness: sheets that a machine laid out may look alike but for
// their numbers.
std::vector<std::vector<std::size_t>> repeated_pictures(const RecordState& state);

// One finding for each group.
std::vector<checks::Finding> near_repeats(const RecordState& state);

}  // namespace scr::derive
