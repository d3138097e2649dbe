// SPDX-License-Identifier: Apache-2.0
//
// The public seed of a sample, made by dice in front of everybody, after the plan that it is for.

#pragma once

#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct SeedDrawn {
  static constexpr const char* kType = "scrutineer/seed.drawn/v1";

  ClaimedTime at;
  EntryIndex plan;   // audit.planned or quickcount.planned
  std::string seed;  // 1 to 200 digits, letters or '-'
};

std::string encode(const SeedDrawn& fact);
Result<SeedDrawn> decode_seed_drawn(canon::Node root);

}  // namespace scr::entry
