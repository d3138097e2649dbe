// SPDX-License-Identifier: Apache-2.0
//
// What one reader found at one unit of an audit's sample. A unit is settled when two readers say
// the same (audit/course.h). Readers are labels, not names of people.

#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "canon/document.h"
#include "election/ids.h"
#include "election/votes.h"
#include "entry/index.h"

namespace scr::entry {

// Values of "what".
inline constexpr const char* kFoundFigures = "figures";
inline constexpr const char* kNotFound = "not-found";

struct AuditFound {
  static constexpr const char* kType = "scrutineer/audit.found/v1";

  ClaimedTime at;
  std::string by;  // "a", "team-3"
  election::Votes invalid;
  election::Votes null;
  std::uint64_t of =
      0;  // contest: 0 that of this record (left out), n the n-th of AuditPlanned::with
  EntryIndex plan;
  std::string unit;  // a station, or a ballot of it: "2010001.01#17"
  election::Votes valid;
  std::vector<election::Votes> votes;  // in the order of its Definition::options; none if not found
  bool found = true;                   // "what": "figures" or "not-found"
};

std::string encode(const AuditFound& fact);
Result<AuditFound> decode_audit_found(canon::Node root);

}  // namespace scr::entry
