// SPDX-License-Identifier: Apache-2.0
//
// One file of returns that somebody else transcribed. The entry heads a block: right after it come
// `names` entries unit.named, then `rows` return.transcribed, then `refused` row.refused, all
// naming this entry. Reading the evidence again by the mapping gives exactly these entries, which
// is what verification does.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "election/ids.h"
#include "entry/index.h"

namespace scr::entry {

struct ReturnsImported {
  static constexpr const char* kType = "scrutineer/returns.imported/v1";

  ClaimedTime at;
  EntryIndex evidence;                // evidence.received of the file
  std::optional<EntryIndex> mapping;  // of the mapping; nothing: columns named by convention
  election::SourceId source;          // lower-case letters, digits, '-', '.', '_'
  std::uint64_t names = 0;
  std::uint64_t rows = 0;
  std::uint64_t refused = 0;
};

std::string encode(const ReturnsImported& imported);
Result<ReturnsImported> decode_returns_imported(canon::Node root);

}  // namespace scr::entry
