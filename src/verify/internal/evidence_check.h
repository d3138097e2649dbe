// SPDX-License-Identifier: Apache-2.0
//
// Level 3: every file of evidence is the one that was received.

#pragma once

#include <map>
#include <string>

#include "base/sha256.h"
#include "derive/record_state.h"
#include "verify/bundle.h"
#include "verify/internal/problems.h"
#include "verify/report.h"
#include "verify/verify.h"

namespace scr::verify {

// Files of evidence by hash.
using Files = std::map<Digest, std::string>;

// Those that are what their entries name. A picture or container need not be at hand, and is not
// kept in memory. Hashes on all processors.
Files check_evidence(const Bundle& bundle, const derive::RecordState& state, const Means& means,
                     Report& report, Problems& problems);

}  // namespace scr::verify
