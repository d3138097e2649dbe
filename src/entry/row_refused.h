// SPDX-License-Identifier: Apache-2.0
//
// A line of an imported file that does not say a return. It is kept in view, never skipped.

#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct RowRefused {
  static constexpr const char* kType = "scrutineer/row.refused/v1";

  std::string code;    // "bad-number", "missing-field", ...: intake/read_returns.h
  std::string column;  // the first that was wrong, as the mapping names it; may be empty
  EntryIndex import;
  std::uint64_t row = 0;
};

std::string encode(const RowRefused& refused);
Result<RowRefused> decode_row_refused(canon::Node root);

}  // namespace scr::entry
