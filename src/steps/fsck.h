// SPDX-License-Identifier: Apache-2.0
//
// Checks a record as its keeper sees it: everything that `verify` checks, and besides what never
// leaves the machine: the private key, the commit point, files that nothing accounts for.
//
// Repairs nothing.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "verify/report.h"

namespace scr::steps {

struct FsckReport {
  verify::Report verified;
  std::vector<verify::Problem> upkeep;  // of what is private; the exit code is then that of level 0
  std::vector<verify::Problem>
      strays;  // files that nothing accounts for: said, not counted as wrong
};

Result<FsckReport> fsck(const std::filesystem::path& record);

}  // namespace scr::steps
