// SPDX-License-Identifier: Apache-2.0
//
// The same work for a confined process (os/workers.h): what is asked and answered, as bytes.
//
//   Workers::start(0, redact::answer, {});
//   ask_commit(seed, original)  ->  commitment_in(answer)
//
// An answer comes from a process that a picture may have taken over: it is parsed strictly, and
// what a redaction holds is to be checked by another process, ask_check. An answer that is none is
// bad_input. Pure; any thread.

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "redact/redact.h"

namespace scr::redact {

std::string ask_grid(std::string_view original);
std::string ask_commit(const cells::Seed& seed, std::string_view original);
std::string ask_redact(const cells::Seed& seed, const cells::Mask& mask, std::string_view original);
std::string ask_check(const Commitment& commitment, const cells::Mask& mask, std::string_view proof,
                      std::string_view file);

// In the process. A request that is none is answered by an error.
std::string answer(std::string_view request);

// Each gives what was asked for, or the error that the process met.
Result<Grid> grid_in(std::string_view answer);
Result<Commitment> commitment_in(std::string_view answer);
Result<Redacted> redacted_in(std::string_view answer);
Result<Grid> check_in(std::string_view answer);

}  // namespace scr::redact
