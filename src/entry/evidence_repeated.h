// SPDX-License-Identifier: Apache-2.0
//
// A file was handed in whose very bytes had been received before, as a file of its own once more
// than the record knew. (Within a container: part.taken.)

#pragma once

#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct EvidenceRepeated {
  static constexpr const char* kType = "scrutineer/evidence.repeated/v1";

  ClaimedTime at;
  EntryIndex evidence;  // evidence.received of the same bytes
};

std::string encode(const EvidenceRepeated& repeated);
Result<EvidenceRepeated> decode_evidence_repeated(canon::Node root);

}  // namespace scr::entry
