// SPDX-License-Identifier: Apache-2.0
//
// Time stamps over checkpoints, kept in log/stamps beside what they date, and checked again on
// every look.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace scr::steps {

struct TimestampRequest {
  std::filesystem::path folder;                  // a record, bundle or mirror
  std::vector<std::filesystem::path> take;       // .tsr, .ots: put beside the log first
  std::optional<std::filesystem::path> trusted;  // certificates in PEM, for RFC 3161
};

struct CheckedStamp {
  std::string file;             // its name in log/stamps
  std::uint64_t tree_size = 0;  // of the checkpoint that it dates
  bool verified = false;        // never, for OpenTimestamps: it takes a blockchain
  std::uint64_t time = 0;       // seconds since 1970, if verified
  std::string authority;        // if verified
  std::string why;              // if not
};

// All stamps in the folder, by tree size, then name. A stamp that does not hold is no error of the
// whole; one that is to be taken in and dates no checkpoint here, or does not hold, is: nothing is
// taken in then.
Result<std::vector<CheckedStamp>> timestamp(const TimestampRequest& request);

}  // namespace scr::steps
