// SPDX-License-Identifier: Apache-2.0
//
// What the returns say of figures that somebody announced: which they contradict with certainty,
// whichever stations the announcement counted, and which they do not.
//
//   SCR_TRY(judged, judge::judge_claim(definition, claim, earlier, returns, premises));
//
// A check never says why a figure is wrong, nor who made it so. One that does not contradict says
// so too. Methods: docs/statistics.md, "Tests of a claim".
//
// Pure; any thread. Exact throughout.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/fraction.h"
#include "base/result.h"
#include "election/definition.h"
#include "entry/claim.h"
#include "judge/outcome.h"
#include "review/station_return.h"

namespace scr::judge {

enum class Status { contradicted, consistent, not_applicable };

// "contradicted", "consistent", "not-applicable".
const char* name_of(Status status);

enum class CheckCode {
  sum_of_votes,          // the votes announced add up to the valid votes announced
  cast,                  // valid + null = cast
  percentage,            // a percentage is the rounding of its count
  turnout,               // the turnout is cast / electors, for one of the known totals
  overlap,               // lower bound: the counted sheets that must be among those claimed
  ceiling,               // upper bound: all sheets' votes and all missing electors
  share_most,            // upper bound of an option's share
  share_least,           // lower bound of an option's share
  null_votes,            // null votes that would have to lie in the missing stations
  derived_from_percent,  // counts that are exactly the rounding of short percentages
  increment              // difference to an earlier claim of the same author: reported only
};

// "sum-of-votes", "overlap", ...: as in JSON and docs/statistics.md.
const char* name_of(CheckCode code);

// What a line rests on, by a name that docs/statistics.md explains and the report words.
enum class Assumption {
  none,                    // arithmetic on the announced figures alone
  sheets_true,             // the returns are what the stations counted
  one_vote_per_elector,    // at a missing station, no more ballots than electors
  electors_total,          // the chosen total of registered voters
  stations_total,          // the chosen total of stations
  tables_claimed,          // the claim's own number of stations, at the edge of its rounding
  counts_not_from_percent  // the counts were not themselves worked out from the percentages
};
const char* name_of(Assumption assumption);

struct Check {
  CheckCode code = CheckCode::overlap;
  std::string subject;  // option id, group label, "valid", "null", "cast"; empty if the whole claim
  Status status = Status::not_applicable;
  std::optional<Fraction> bound;    // what the returns or the arithmetic allow at most / at least
  std::optional<Fraction> claimed;  // what was announced
  // If the claim is right, at least so many of the counted sheets must be false. Only for overlap.
  std::optional<std::int64_t> sheets_false_at_least;
  std::vector<Assumption> assumptions;
  // Further exact numbers by name, each explained in docs/statistics.md under the check's code;
  // values are integers, or fractions as "p/q", or texts made by the program.
  std::map<std::string, std::string> details;
  // Why it is not applicable, as a name that the report words: "no-stations-total", ...
  std::string reason;
};

struct JudgedClaim {
  election::ClaimId id;
  std::string by;
  // Stations that the claim counted, as a range (its percentage may be rounded); nothing if it
  // does not say, or no total of stations is known.
  std::optional<std::int64_t> tables_least;
  std::optional<std::int64_t> tables_most;
  // So many of the counted sheets must be among the stations that the claim counted.
  std::optional<std::int64_t> overlap_at_least;
  std::vector<Check> checks;  // in the order of CheckCode, then of the claim

  std::int64_t contradicted() const;  // number of checks with that status
};

// `earlier`: a claim of the same author made before, for `increment`; may be null.
Result<JudgedClaim> judge_claim(const election::Definition& definition, const entry::Claim& claim,
                                const entry::Claim* earlier,
                                std::span<const review::StationReturn> returns,
                                const Premises& premises);

}  // namespace scr::judge
