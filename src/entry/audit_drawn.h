// SPDX-License-Identifier: Apache-2.0
//
// A round of an audit: so many draws of its sample are to be looked at. The sample itself follows
// from plan and seed, so it stands nowhere.

#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct AuditDrawn {
  static constexpr const char* kType = "scrutineer/audit.drawn/v1";

  ClaimedTime at;
  std::uint64_t draws = 0;  // all so far, those of earlier rounds included
  EntryIndex plan;
};

std::string encode(const AuditDrawn& fact);
Result<AuditDrawn> decode_audit_drawn(canon::Node root);

}  // namespace scr::entry
