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
#include "likeness/fingerprint.h"

namespace scr::entry {

// A number on which the print and the code of one sheet contradict each other.
struct PrintDiffers {
  std::string name;  // of the row: a line's id, or "valid", "null", "invalid", "cast"
  std::uint64_t printed = 0;
  std::uint64_t coded = 0;
  std::uint64_t x = 0;  // where the printed number ends, pixels
  std::uint64_t y = 0;
};

struct SheetRead {
  static constexpr const char* kType = "scrutineer/sheet.read/v1";

  std::uint64_t agree = 0;  // of `compared`
  ClaimedTime at;
  std::uint64_t compared =
      0;  // printed numbers that were compared with the code; 0: no print was read
  std::vector<PrintDiffers> contradictions;
  std::vector<std::uint64_t> corners;  // of the code: x, y of four corners, clockwise; pixels
  std::uint64_t erasures = 0;          // bytes taken as unknown
  std::uint64_t errors = 0;            // bytes corrected
  EntryIndex evidence;                 // evidence.received of the picture
  likeness::Fingerprint fingerprint;   // of the picture
  std::uint64_t margin = 0;            // parity bytes to spare in the hardest block
  std::string method;  // "qr", "qr-ink-removed", or with help of the print: "joint",
                       // "joint-ink-removed"; of another code: its symbology, "code-128"
  std::string payload;
  std::string stage;  // how hard it was: "plain", "fitted", "equalised", "bent", "taught", "joint"
};

std::string encode(const SheetRead& read);
Result<SheetRead> decode_sheet_read(canon::Node root);

}  // namespace scr::entry
