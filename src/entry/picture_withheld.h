// SPDX-License-Identifier: Apache-2.0
//
// A picture is not handed out, nor what two people approved to show of it; its bytes may be gone.
// Its hash, its commitment and what was read off it stay, and all can see that and why.

#pragma once

#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

enum class WithheldFor { court_order, personal_safety, unlawful_content };
const char* name_of(WithheldFor reason);

struct PictureWithheld {
  static constexpr const char* kType = "scrutineer/picture.withheld/v1";

  ClaimedTime at;
  EntryIndex evidence;  // evidence.received of the picture
  WithheldFor reason = WithheldFor::court_order;
};

std::string encode(const PictureWithheld& withheld);
Result<PictureWithheld> decode_picture_withheld(canon::Node root);

}  // namespace scr::entry
