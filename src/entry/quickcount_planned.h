// SPDX-License-Identifier: Apache-2.0
//
// A quick count was decided on: how many stations are to be drawn, in which strata. Its seed comes
// after it, the returns after the seed; then, and only then, the sample says something of the
// whole.

#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "election/ids.h"
#include "entry/index.h"

namespace scr::entry {

struct QuickCountPlanned {
  static constexpr const char* kType = "scrutineer/quickcount.planned/v1";

  ClaimedTime at;
  std::string count;        // its name in this record
  election::LevelId level;  // whose units are the strata; "country": none
  std::uint64_t size = 0;   // stations
};

std::string encode(const QuickCountPlanned& fact);
Result<QuickCountPlanned> decode_quickcount_planned(canon::Node root);

}  // namespace scr::entry
