// SPDX-License-Identifier: Apache-2.0
//
// The result that the log states at its end, stated now if it is not yet.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "base/sha256.h"
#include "os/clock.h"

namespace scr::steps {

// A result as the log states it.
struct StatedResult {
  std::string bytes;
  Digest digest;               // of them
  std::uint64_t rests_on = 0;  // so many entries
};

struct Stated {
  StatedResult result;
  std::uint64_t tree_size = 0;  // entries of the log, with the one that states it and a seal
  bool now = false;             // by this call
};

// conflict if somebody wrote to the record meanwhile, or if the log was sealed without a result.
Result<Stated> state_result(const std::filesystem::path& record, os::Clock& clock);

}  // namespace scr::steps
