// SPDX-License-Identifier: Apache-2.0
//
// An imported file calls a unit so. Names are for people; nothing is counted by them.

#pragma once

#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "election/ids.h"
#include "entry/index.h"

namespace scr::entry {

struct UnitNamed {
  static constexpr const char* kType = "scrutineer/unit.named/v1";

  EntryIndex import;  // the returns.imported that it belongs to
  election::LevelId level;
  std::string name;
  election::UnitId unit;
};

std::string encode(const UnitNamed& named);
Result<UnitNamed> decode_unit_named(canon::Node root);

}  // namespace scr::entry
