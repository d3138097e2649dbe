// SPDX-License-Identifier: Apache-2.0
//
// Checks a bundle from the signature up to the result, trusting only `key`.
//
//   verify::Report report = verify::verify(bundle, key, true, result_of, read_again);
//   report.fails_at();   // nothing: all six levels hold
//
// The obligations, enough to write another verifier: docs/verifying.md. All levels are tried as far
// as they make sense, so that one bad byte does not hide another.
//
// Pure, but for what `bundle` does.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "derive/conclusions.h"
#include "derive/record_state.h"
#include "entry/claim.h"
#include "note/key.h"
#include "reading/read_sheet.h"
#include "redact/grid.h"
#include "verify/bundle.h"
#include "verify/report.h"

namespace scr::verify {

// Reads pictures 0 .. count - 1 again and gives what it read, in any order. The bytes are a
// stranger's: it reads them in confined processes.
using ReadAgain = std::function<Result<void>(
    std::size_t count, const std::function<Result<std::string>(std::size_t)>& picture,
    const std::function<void(std::size_t, reading::ReadSheet read)>& answer)>;

// The canonical bytes of the result of a state, as a stated result hashes them (report/result.h).
using ResultOf = std::function<Result<std::string>(const derive::RecordState& state,
                                                   const std::vector<entry::Claim>& claims)>;

// Carries out requests 0 .. count - 1 of redact/work.h (ask_check) in confined processes, and gives
// their answers in any order; an error where a process ended without one.
using CheckRedacted = std::function<Result<void>(
    std::size_t count, const std::function<Result<std::string>(std::size_t)>& request,
    const std::function<void(std::size_t, Result<redact::Grid>)>& answer)>;

// `key_from_outside`: for the report only.
Report verify(const Bundle& bundle, const note::Vkey& key, bool key_from_outside,
              const ResultOf& result_of, const ReadAgain& read_again,
              const CheckRedacted& check_redacted);

}  // namespace scr::verify
