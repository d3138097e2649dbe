// SPDX-License-Identifier: Apache-2.0
//
// Makes view.sqlite again from the log.

#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"

namespace scr::steps {

struct Reindexed {
  std::uint64_t tree_size = 0;
  std::uint64_t returns = 0;
  bool changed = false;  // the index that was there before had other bytes, or none
};

// The new index replaces the old one in one step.
Result<Reindexed> reindex(const std::filesystem::path& record);

}  // namespace scr::steps
