// SPDX-License-Identifier: Apache-2.0
//
// An audit was decided on, before its seed existed: what is audited, how, and to which risk. The
// reported figures are those that the log up to here gives, and no later ones. Which kinds, methods
// and samplers there are, and which fit together: audit/course.h, docs/audits.md.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "canon/document.h"
#include "election/ids.h"
#include "entry/index.h"

namespace scr::entry {

// Another contest that is audited with the same draws: its record, as far as its log went then, and
// how many win it.
struct AuditedWith {
  std::string origin;  // of its log
  Digest root;
  std::uint64_t size = 0;
  std::uint64_t winners = 1;

  friend bool operator==(const AuditedWith&, const AuditedWith&) = default;
};

struct AuditPlanned {
  static constexpr const char* kType = "scrutineer/audit.planned/v1";

  ClaimedTime at;
  std::string audit;                         // its name in this record
  std::string kind;                          // "transcription", "breakdown", "boxes", "ballots"
  std::optional<std::string> majority;       // of the valid votes, that the winner must have: "1/2"
  std::string method;                        // "kaplan-markov", ...
  std::string risk;                          // the risk limit: "1/20"
  std::string sampler;                       // "weighted", ...
  std::optional<election::SourceId> source;  // only what it says is audited; nothing: what counts
  std::optional<election::LevelId> strata;   // units of this level are sampled apart
  std::uint64_t winners = 1;
  std::vector<AuditedWith> with;  // "with", left out if there are none
};

std::string encode(const AuditPlanned& fact);
Result<AuditPlanned> decode_audit_planned(canon::Node root);

}  // namespace scr::entry
