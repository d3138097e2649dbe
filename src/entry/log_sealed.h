// SPDX-License-Identifier: Apache-2.0
//
// The log ends here: nothing that comes after this counts, except that guardians may declare the
// key bad that signed it.

#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct LogSealed {
  static constexpr const char* kType = "scrutineer/log.sealed/v1";

  ClaimedTime at;
  std::uint64_t size = 0;  // entries before it: its own index
};

std::string encode(const LogSealed& sealed);
Result<LogSealed> decode_log_sealed(canon::Node root);

}  // namespace scr::entry
