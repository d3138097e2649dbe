// SPDX-License-Identifier: Apache-2.0
//
// The pictures of a bundle that are shown in part: that nothing of them but what two people agreed
// to hide is hidden, that nothing else was changed, and that they read as the log says.
//
// The obligations: docs/verifying.md, 3.2 and 4.2. Pure, but for what is handed in.

#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "derive/record_state.h"
#include "verify/bundle.h"
#include "verify/internal/problems.h"
#include "verify/report.h"
#include "verify/verify.h"

namespace scr::verify {

// A redacted picture that holds, and where it lies.
struct ShownPicture {
  const derive::CommittedPicture* picture = nullptr;
  std::string path;
};

// Level 3. What two people approved must be there, unless an entry says that it is withheld; what
// was not approved, or is withheld, must not.
std::vector<ShownPicture> check_redacted_pictures(const Bundle& bundle,
                                                  const derive::RecordState& state,
                                                  const CheckRedacted& check, Report& report,
                                                  Problems& problems);

// Level 4. Reads them again: the code's payload must be that on record, and no more of the print
// may contradict it. What is hidden may change how hard the rest is to read, so no more is
// compared.
//
// Of `shown` those in `chosen`, by the digests of their originals.
void reread_redacted_pictures(const Bundle& bundle, const derive::RecordState& state,
                              std::span<const std::string_view> entries,
                              const std::vector<ShownPicture>& shown,
                              const std::set<Digest>& chosen, const Means& means,
                              const Readings& readings, Report& report, Problems& problems);

}  // namespace scr::verify
