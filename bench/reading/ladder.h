// SPDX-License-Identifier: Apache-2.0
//
// The ladder of treatments: what somebody does who has zbar and zxing and does not give up. Each
// step is one treatment and one reader; the first that reads ends it. The steps and their order are
// those that read most for least on 192 sheets of another making, before this program was written.
//
// Pure; any thread.

#pragma once

#include <optional>
#include <string>

#include "image/image.h"

namespace scr::bench {

struct Step {
  std::string name;  // "str-h:zx"
  std::string text;  // that it read
};

std::optional<Step> climb(const image::Gray& picture);

}  // namespace scr::bench
