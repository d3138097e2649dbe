// SPDX-License-Identifier: Apache-2.0
//
// What follows from a record's state under given premises: returns, findings, tallies, outcome and
// what of the claims is contradicted. One call for each pass, in conclusions.cc.
//
//   SCR_TRY(selection, select(state, {}));                       // the definition's own premises
//   SCR_TRY(conclusions, conclude(state, claims, selection));
//
// Pure; any thread.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fraction.h"
#include "base/result.h"
#include "checks/finding.h"
#include "derive/record_state.h"
#include "election/ids.h"
#include "entry/claim.h"
#include "judge/claim_checks.h"
#include "judge/outcome.h"
#include "review/accept.h"
#include "tally/tally.h"

namespace scr::derive {

// What somebody wants switched; all empty: the definition's own premises and every source.
struct Switches {
  std::optional<election::TotalId> electors;      // another of the definition's totals
  std::optional<election::Votes> electors_value;  // or a number of one's own
  std::optional<election::TotalId> stations;
  std::vector<Fraction> turnout_caps;            // instead of the definition's
  std::vector<election::SourceId> only_sources;  // empty: all
  std::vector<election::SourceId> without_sources;
  std::vector<election::StationId> without_stations;
};

struct Selection {
  review::LeftOut left_out;
  // False if nobody says how many electors there are: then there is a count, but no judgement.
  bool electors_known = false;
  judge::Premises premises;
  std::vector<election::SourceId> sources_used;
  std::vector<election::SourceId> sources_dropped;
};

// Where the definition gives no total of electors or stations, a complete roster's own sum is used.
// Fails with not_found if a source or total is named that the record does not have, saying which it
// has.
Result<Selection> select(const RecordState& state, const Switches& switches);

struct Conclusions {
  std::vector<review::StationReturn> returns;  // accepted, sorted by station
  std::vector<checks::Finding> findings;       // of entries, then of stations, then numbering gaps
  tally::Tallies tallies;
  judge::Outcome outcome;
  std::vector<judge::JudgedClaim> claims;  // in the order in which they were put on record
};

// Only the count: returns, findings, tallies. What `scrutineer tally` needs.
struct Count {
  std::vector<review::StationReturn> returns;
  std::vector<checks::Finding> findings;
  tally::Tallies tallies;
};
Result<Count> count(const RecordState& state, const Selection& selection);

// `claims`: what the evidence of state.claims says, in the same order. Fails with bad_input if no
// total of electors is known.
Result<Conclusions> conclude(const RecordState& state, const std::vector<entry::Claim>& claims,
                             const Selection& selection);

}  // namespace scr::derive
