// SPDX-License-Identifier: Apache-2.0
//
// What a machine read off the picture of a sheet: the payload of the printed code, whole. Which
// station it is and what it counted follow from the payload by the definition's sheet format, so
// they do not stand here a second time.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct SheetRead {
  static constexpr const char* kType = "scrutineer/sheet.read/v1";

  ClaimedTime at;
  std::vector<std::uint64_t> corners;  // of the code: x, y of four corners, clockwise; pixels
  std::uint64_t erasures = 0;          // bytes taken as unknown
  std::uint64_t errors = 0;            // bytes corrected
  EntryIndex evidence;                 // evidence.received of the picture
  std::uint64_t margin = 0;            // parity bytes to spare in the hardest block
  std::string method;                  // "qr", or "qr-ink-removed"
  std::string payload;
  std::string stage;  // how hard it was: "plain", "fitted", "equalised", "bent", "taught"
};

std::string encode(const SheetRead& read);
Result<SheetRead> decode_sheet_read(canon::Node root);

}  // namespace scr::entry
