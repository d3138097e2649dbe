// SPDX-License-Identifier: Apache-2.0
//
// A file was taken in as the picture of a sheet, and no machine could read one off it: a task for
// people.

#pragma once

#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct PictureUnread {
  static constexpr const char* kType = "scrutineer/picture.unread/v1";

  ClaimedTime at;
  EntryIndex evidence;  // evidence.received of the file
  // "not-a-picture", "too-large", "truncated", "corrupt", "no-code", "code-unreadable",
  // "foreign-code", "killed-reader", "out-of-memory", "out-of-time", "forbidden-call"
  std::string reason;
};

std::string encode(const PictureUnread& unread);
Result<PictureUnread> decode_picture_unread(canon::Node root);

}  // namespace scr::entry
