// SPDX-License-Identifier: Apache-2.0
//
// What a picture is, bit for bit, without a word of what it shows: so that it can be published with
// parts of it hidden, and anybody can see that nothing else was changed
// (docs/formats/redaction.md).

#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/sha256.h"
#include "canon/document.h"
#include "cells/commitment.h"
#include "entry/index.h"

namespace scr::entry {

struct PictureCommitted {
  static constexpr const char* kType = "scrutineer/picture.committed/v1";

  ClaimedTime at;
  std::optional<cells::Commitment> cells;  // nothing: the file has none that could be shown alone
  EntryIndex evidence;                     // evidence.received of the picture
  Digest file;                             // cells/secret.h: file_commitment
};

std::string encode(const PictureCommitted& committed);
Result<PictureCommitted> decode_picture_committed(canon::Node root);

}  // namespace scr::entry
