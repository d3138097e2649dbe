// SPDX-License-Identifier: Apache-2.0
//
// A record is closed: its result is stated, the log gets its last entry, and nothing can be added.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "os/clock.h"

namespace scr::steps {

struct Sealed {
  std::uint64_t tree_size = 0;  // of the last checkpoint
  std::string root;             // hex
  std::string result_sha256;
};

// conflict if it was sealed before. Where the record has a policy, witnesses cosign the last
// checkpoint afterwards (cosign, publish).
Result<Sealed> seal(const std::filesystem::path& record, os::Clock& clock);

}  // namespace scr::steps
