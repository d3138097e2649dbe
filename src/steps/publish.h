// SPDX-License-Identifier: Apache-2.0
//
// Makes what can be handed to anybody: the log, the evidence, the definition, the result and a
// page. No key, no index. First the result is stated in the log, so that it cannot be changed
// afterwards.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "os/clock.h"
#include "report/facts.h"

namespace scr::steps {

struct Published {
  std::uint64_t tree_size = 0;
  std::string result_sha256;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t pictures_withheld = 0;
  std::uint64_t pictures_redacted = 0;  // of these: handed out with parts hidden, and a proof
  bool stated_now = false;              // false: the log's last entry stated this result already
};

// Fails with conflict if `out` exists and is not empty. `out` appears whole or not at all.
Result<Published> publish(const std::filesystem::path& record, const std::filesystem::path& out,
                          report::Language language, os::Clock& clock);

}  // namespace scr::steps
