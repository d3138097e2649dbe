// SPDX-License-Identifier: Apache-2.0
//
// Level 4, as far as machines read it: pictures at hand, all or a sample, read again.

#pragma once

#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "derive/record_state.h"
#include "verify/bundle.h"
#include "verify/internal/problems.h"
#include "verify/internal/redacted_pictures.h"
#include "verify/report.h"
#include "verify/verify.h"

namespace scr::verify {

// The pictures at hand, whole or shown in part, that are to be read: all, or the sample. Each once,
// by the digest of its original.
std::set<Digest> chosen_pictures(const Bundle& bundle, const derive::RecordState& state,
                                 const std::vector<ShownPicture>& shown, const Readings& readings,
                                 Report& report);

// All that a reading depends on, but for the program that reads. `file`: what was read.
Digest reading_name(const derive::RecordState& state, std::string_view entry, const Digest& file);

// That a picture can be read that could not be is no fault of the record by itself - a reader may
// have run out of time - but it is counted: whoever keeps a record could hide sheets so.
void check_pictures(const Bundle& bundle, const derive::RecordState& state,
                    std::span<const std::string_view> entries, const std::set<Digest>& chosen,
                    const Means& means, const Readings& readings, Report& report,
                    Problems& problems);

}  // namespace scr::verify
