// SPDX-License-Identifier: Apache-2.0
//
// The figures of one station as one imported file has them. The file's own line is named, so that
// anybody finds it again. What a source does not say is left out, never 0.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "canon/document.h"
#include "election/ids.h"
#include "election/votes.h"
#include "entry/index.h"

namespace scr::entry {

struct ReturnTranscribed {
  static constexpr const char* kType = "scrutineer/return.transcribed/v1";

  EntryIndex import;  // the returns.imported that it belongs to
  election::Votes invalid;
  election::Votes null;
  std::vector<election::UnitId> place;  // units that the station lies in, largest first
  std::optional<election::Votes> registered;
  std::uint64_t row = 0;  // line of the file, the header being 1
  election::StationId station;
  election::Votes valid;
  std::vector<election::Votes> votes;  // in the order of Definition::options
};

std::string encode(const ReturnTranscribed& transcribed);
Result<ReturnTranscribed> decode_return_transcribed(canon::Node root);

}  // namespace scr::entry
