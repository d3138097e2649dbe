// SPDX-License-Identifier: Apache-2.0
//
// Who won, as far as the returns can say with certainty.
//
//   SCR_TRY(outcome, judge::judge_outcome(definition, returns, premises));
//   if (outcome.decided) ...   // whatever is on the sheets that are missing
//
// Certainty here means: if the returns are true, and no more ballots were cast at any station than
// it has electors. It says nothing of whether the sheets are authentic. Integers and fractions
// only. The method: docs/statistics.md, "Outcome bounds"; partial identification after Manski.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/fraction.h"
#include "base/result.h"
#include "election/definition.h"
#include "review/station_return.h"

namespace scr::judge {

// What is taken as given. Each can be switched on the command line, and is named in every line
// that rests on it.
struct Premises {
  election::Total electors;                 // the country's registered voters
  std::optional<election::Total> stations;  // stations that owe a sheet
  std::vector<Fraction> turnout_caps;       // in (0, 1], largest first; 1 = assumption-free
};

// The outcome under one turnout cap c: of the electors of the missing stations, at most the share
// c voted.
struct UnderCap {
  Fraction cap;
  // Smallest lead of the leader over any rival if all of the missing voted for that rival:
  // min over l of (w - l) - c * missing. Negative: somebody else may have won.
  Fraction worst_case_margin;
  bool decided = false;  // worst_case_margin > 0
  // The breakdown number: how many of the sheets must be false before the outcome is open. The
  // electors of a sheet that is discredited count as missing. Nothing if it is open already.
  std::optional<std::int64_t> sheets;
};

// What is certain of one option's share of all valid votes.
struct ShareBounds {
  election::OptionId option;
  election::Votes votes;  // on the sheets
  Fraction least;         // none of the missing voted for it, all of them voted
  Fraction most;          // all of the missing voted for it
};

struct Outcome {
  bool any_votes = false;  // false: nobody leads; what follows is empty
  election::OptionId leader;
  election::OptionId runner_up;
  bool tie = false;  // leader and runner-up have equally many
  election::VoteMargin margin = 0;
  std::int64_t stations_counted = 0;
  std::optional<std::int64_t> stations_missing;
  std::int64_t registered_covered = 0;
  std::int64_t missing_registered = 0;  // electors not covered, never below 0
  std::vector<UnderCap> under_caps;     // as Premises::turnout_caps
  // The part of the electors of missing stations by which the runner-up would have to beat the
  // leader there, turnout counted: margin / missing_registered. Above 1 it cannot be. Nothing if
  // nothing is missing.
  std::optional<Fraction> lead_needed;
  std::vector<ShareBounds> shares;  // in the definition's order

  const UnderCap& without_assumption() const { return under_caps.front(); }
};

// `returns`: the accepted ones, each station once. Electors of a return that does not say how many
// are taken as its ballots cast, the least it can have had.
//
// Fails with bad_input if premises hold no cap, a cap outside (0, 1] or one whose denominator is
// over a million; with conflict if the returns hold more electors than premises.electors (the
// total is then wrong, or a return is).
Result<Outcome> judge_outcome(const election::Definition& definition,
                              std::span<const review::StationReturn> returns,
                              const Premises& premises);

// The points of the curve "sheets discredited -> worst-case margin" under one cap, for plotting:
// at most `points` of them, the first at 0 sheets, always including the first at which the outcome
// is open, going on to about twice as far.
struct CurvePoint {
  std::int64_t sheets = 0;
  Fraction worst_case_margin;
};
std::vector<CurvePoint> breakdown_curve(const election::Definition& definition,
                                        std::span<const review::StationReturn> returns,
                                        const Premises& premises, const Fraction& cap,
                                        std::size_t points);

}  // namespace scr::judge
