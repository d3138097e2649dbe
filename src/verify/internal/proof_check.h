// SPDX-License-Identifier: Apache-2.0
//
// Level 5: the proofs that the bundle carries, each made again from the entries.

#pragma once

#include <span>
#include <string_view>

#include "note/checkpoint.h"
#include "note/key.h"
#include "verify/bundle.h"
#include "verify/internal/problems.h"
#include "verify/report.h"

namespace scr::verify {

// Every file below proofs/ is the proof of the entry that it is named after, for this checkpoint.
// None need be there.
void check_proofs(const Bundle& bundle, std::span<const std::string_view> entries,
                  const note::Checkpoint& checkpoint, const note::Vkey& key, Report& report,
                  Problems& problems);

}  // namespace scr::verify
