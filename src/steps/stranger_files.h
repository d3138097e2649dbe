// SPDX-License-Identifier: Apache-2.0
//
// What of a bundle is made from its log and not received: the result, a page, tables, proofs, words
// for a stranger, a verifier. A publisher makes it, and a mirror makes it again, so that nothing of
// it needs to be believed.

#pragma once

#include "base/result.h"
#include "report/facts.h"
#include "steps/bundle_sink.h"
#include "steps/judge.h"
#include "steps/stated_result.h"
#include "view/open_record.h"

namespace scr::steps {

// result.json and index.html.
Result<void> put_result(const Judged& judged, const StatedResult& stated, report::Language language,
                        BundleSink& sink);

struct HasBeside {
  bool policy = false;     // log/policy
  bool checksums = false;  // SHA256SUMS, which the caller puts
};

// Tables, proofs, README and LEEME, verifier. `record`: as the published checkpoint has it;
// conflict if it grew meanwhile.
Result<void> put_for_strangers(const view::OpenRecord& record, const StatedResult& stated,
                               const HasBeside& beside, BundleSink& sink);

}  // namespace scr::steps
