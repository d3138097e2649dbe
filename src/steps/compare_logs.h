// SPDX-License-Identifier: Apache-2.0
//
// Two copies of one log, held against each other: is one a beginning of the other, or were two
// histories signed?

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "witness/fork.h"

namespace scr::steps {

struct CompareLogsRequest {
  std::string a;  // what was seen first
  std::string b;
  std::optional<std::string> key;
  std::optional<std::filesystem::path> evidence;  // where to write the proof of a fork
  std::string proxy;
};

struct ComparedLogs {
  std::string origin;
  witness::Relation relation = witness::Relation::consistent;  // of b to a
  std::uint64_t size_a = 0;
  std::uint64_t size_b = 0;
  std::uint64_t path = 0;  // hashes in the consistency path that was checked
  bool evidence_written = false;
};

// untrusted if a signature does not hold, or the tiles do not lead to the root that was signed.
Result<ComparedLogs> compare_logs(const CompareLogsRequest& request);

}  // namespace scr::steps
