// SPDX-License-Identifier: Apache-2.0
//
// A container was gone through to its end, or to where it could not be read on. Nothing of it comes
// after this.

#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct ContainerClosed {
  static constexpr const char* kType = "scrutineer/container.closed/v1";

  ClaimedTime at;
  EntryIndex container;     // evidence.received of the container
  std::string ending;       // "whole", or why it could not be read on: docs/findings.md
  std::uint64_t parts = 0;  // part.taken and part.refused of it
};

std::string encode(const ContainerClosed& closed);
Result<ContainerClosed> decode_container_closed(canon::Node root);

}  // namespace scr::entry
