// SPDX-License-Identifier: Apache-2.0
//
// A claim was put on record. Its figures stand in the evidence, a TOML file, and are read from
// there by whoever judges or verifies: so they cannot differ from what was handed in.

#pragma once

#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "election/ids.h"
#include "entry/index.h"

namespace scr::entry {

struct ClaimMade {
  static constexpr const char* kType = "scrutineer/claim.made/v1";

  ClaimedTime at;
  election::ClaimId claim;
  EntryIndex evidence;
};

std::string encode(const ClaimMade& made);
Result<ClaimMade> decode_claim_made(canon::Node root);

}  // namespace scr::entry
