// SPDX-License-Identifier: Apache-2.0
//
// All that a report is made from: figures that other rooms worked out, looked at, never changed.
// The caller owns everything and keeps it alive while a report is made.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "checks/finding.h"
#include "election/definition.h"
#include "election/geography.h"
#include "judge/claim_checks.h"
#include "judge/model_estimate.h"
#include "judge/outcome.h"
#include "judge/sensitivity.h"
#include "review/station_return.h"
#include "tally/tally.h"

namespace scr::report {

// What the figures rest on, so that anybody can check that they speak of the same record.
struct Basis {
  std::string origin;  // of the log
  std::uint64_t tree_size = 0;
  Digest root;
  std::vector<election::SourceId> sources;  // whose returns count
  std::vector<election::SourceId> sources_dropped;
  std::int64_t stations_dropped = 0;  // left out by --without
  std::string program;                // "scrutineer 0.1.0"
};

struct Facts {
  const election::Definition& definition;
  const election::Geography& geography;
  const tally::Tallies& tallies;
  std::span<const review::StationReturn> returns;
  std::span<const checks::Finding> findings;
  const judge::Premises& premises;
  const judge::Outcome& outcome;
  std::span<const judge::JudgedClaim> claims;
  Basis basis;
  const judge::ModelEstimate* model = nullptr;  // null: nobody asked for one
};

enum class Language { en, es };

}  // namespace scr::report
