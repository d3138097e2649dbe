// SPDX-License-Identifier: Apache-2.0
//
// Puts on record what somebody announced.

#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "entry/claim.h"
#include "os/clock.h"

namespace scr::steps {

struct ClaimAdded {
  bool already_there = false;  // the very same file is on record: nothing was done
  entry::Claim claim;
  std::uint64_t tree_size = 0;
};

// Fails with bad_input if the file does not say a claim, with conflict if its id is taken by
// another.
Result<ClaimAdded> add_claim(const std::filesystem::path& record, const std::filesystem::path& file,
                             os::Clock& clock);

}  // namespace scr::steps
