// SPDX-License-Identifier: Apache-2.0
//
// A file was taken in as the picture of a sheet, and no machine could read one off it: a task for
// people.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"
#include "likeness/fingerprint.h"

namespace scr::entry {

// What a printed number may be, and how likely, in millionths: of all numbers that the reader
// thinks of. A score of the reader, to order candidates by; not a probability that anything is
// true.
struct LikelyNumber {
  std::uint64_t value = 0;
  std::uint64_t millionths = 0;
};

// A row of printed numbers that was found on a picture whose code could not be read.
struct PrintedRow {
  std::string name;     // as PrintDiffers::name
  std::uint64_t x = 0;  // where the printed number ends, pixels
  std::uint64_t y = 0;
  std::vector<LikelyNumber> likeliest;  // best first, at least one
};

struct PictureUnread {
  static constexpr const char* kType = "scrutineer/picture.unread/v1";

  ClaimedTime at;
  EntryIndex evidence;  // evidence.received of the file
  std::optional<likeness::Fingerprint>
      fingerprint;                  // nothing: no picture could be made of the file
  std::vector<PrintedRow> printed;  // top to foot; empty if no rows of numbers were found
  // "not-a-picture", "too-large", "truncated", "corrupt", "no-code", "code-unreadable",
  // "foreign-code", "codes-differ", "killed-reader", "out-of-memory", "out-of-time",
  // "forbidden-call"
  std::string reason;
};

std::string encode(const PictureUnread& unread);
Result<PictureUnread> decode_picture_unread(canon::Node root);

}  // namespace scr::entry
