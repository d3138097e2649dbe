// SPDX-License-Identifier: Apache-2.0
//
// A part of a container was not taken in, and why.

#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct PartRefused {
  static constexpr const char* kType = "scrutineer/part.refused/v1";

  ClaimedTime at;
  EntryIndex container;    // evidence.received of the container
  std::uint64_t part = 0;  // from 1
  std::string reason;      // docs/findings.md, part_refused
};

std::string encode(const PartRefused& refused);
Result<PartRefused> decode_part_refused(canon::Node root);

}  // namespace scr::entry
