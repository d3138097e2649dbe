// SPDX-License-Identifier: Apache-2.0
//
// One audit, from the plan to what it says: which figures are audited, which units its seed draws,
// what was found there, how large the risk still is. A function of facts in the log alone, so that
// the keeper of the record and a stranger with the bundle get the same digits.
//
//   SCR_TRY(rules, rules_of(planned));
//   SCR_TRY(subject, subject_of(rules, {{&definition, &geography, returns}}));
//   SCR_TRY(draws, draws_of(subject, seed, 120));
//   const Progress progress = progress_of(subject, draws, rounds, found);
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/assorter.h"
#include "audit/batches.h"
#include "audit/sampler.h"
#include "audit/turns.h"
#include "base/fraction.h"
#include "base/result.h"
#include "election/definition.h"
#include "election/geography.h"
#include "entry/audit_found.h"
#include "entry/audit_planned.h"
#include "review/station_return.h"

namespace scr::audit {

// What the drawn units are, and what is held against the reported figures.
enum class Kind {
  transcription,  // stations: what is on the picture or paper of the sheet
  breakdown,      // stations: an authority's figures by station against the sheets
  boxes,          // stations: a hand count of the box
  ballots         // single ballots out of the boxes
};
const char* name_of(Kind kind);  // "transcription", ...

// How what is found is weighed. Those of stations first, then those of ballots.
enum class By {
  kaplan_markov,
  alpha_stations,
  product_stations,  // strata: product of martingales
  alpha,
  kelly,
  bravo,
  minerva,
  oneaudit,
  product  // strata: product of martingales
};
const char* name_of(By by);  // "kaplan-markov", "alpha-stations", ...
std::optional<By> by_named(std::string_view name);
bool of_stations(By by);
bool of_strata(By by);

struct Rules {
  Kind kind = Kind::transcription;
  By by = By::kaplan_markov;
  Fraction risk;  // above 0, at most 1/2
  Sampler sampler = Sampler::weighted;
  Rule rule;
  std::optional<election::LevelId> strata;  // units of this level are sampled apart
  std::vector<Rule> others;                 // of the other contests, in the plan's order
};

// bad_input if a word is not known, unsupported if words do not fit together: a method of stations
// with ballots, another sampler than `weighted` with stations (or that with ballots), a majority
// with a method that looks at pairs, strata without a product or the other way round, other
// contests with ballots or strata.
Result<Rules> rules_of(const entry::AuditPlanned& planned);

// The figures of one contest, by station of the subject.
struct Contest {
  std::vector<Tallied> reported;  // `ballots`: those cast; nothing at all where it has no return
  // The most ballots that the station can hold: its electors if anybody says how many, else those
  // reported as cast.
  std::vector<std::int64_t> most;
  std::vector<bool> has;  // a return
  Tallied total;
  std::vector<Assertion> assertions;
};

// Stations that are sampled apart.
struct Strata {
  std::vector<std::string> units;    // their ids, sorted
  std::vector<std::size_t> of;       // by station
  std::vector<std::int64_t> weight;  // of each unit: of its stations' weights, or its ballots
};

// The reported figures, as they stood when the audit was planned.
struct Subject : Contest {
  Rules rules;
  std::vector<election::StationId> stations;  // those with a return of any contest, sorted
  std::vector<Contest> others;                // audited by the same draws
  std::optional<Strata> strata;
  std::optional<Batches> batches;  // of methods of stations: of all contests
};

// What a contest's record says. Geography is looked at for strata only.
struct Reported {
  const election::Definition& definition;
  const election::Geography& geography;
  std::span<const review::StationReturn> returns;  // ascending by station
};

// `contests`: the audit's own, then those of the plan. conflict if there is no lead to be
// confirmed; bad_input if there are no returns; unsupported if there is only one stratum, or more
// than 1,000.
Result<Subject> subject_of(const Rules& rules, std::span<const Reported> contests);

struct Draw {
  std::size_t station = 0;  // in Subject::stations
  std::int64_t ballot = 0;  // from 1; 0: the whole station
  friend auto operator<=>(const Draw&, const Draw&) = default;
};
// "2010001.01", or "2010001.01#17": the 17th ballot of its pile.
std::string unit_of(const Subject& subject, const Draw& draw);

// The first `count` draws that the seed gives, in their order. bad_input if there are not so many
// ballots; unsupported if the sampler would have to list more than two million.
Result<std::vector<Draw>> draws_of(const Subject& subject, const std::string& seed,
                                   std::int64_t count);

// Whose turn it is, of its strata. REQUIRES: subject.strata.
Turns turns_of(const Subject& subject);

// True if `seed` is 1 to 200 digits, letters or '-'.
bool is_seed(std::string_view seed);

// What readers said of one unit, and whether that settles it: two of them say the same, of each
// contest that has figures there.
struct Unit {
  Draw draw;
  std::int64_t times = 0;    // drawn
  std::int64_t readers = 0;  // of the contest that has fewest
  bool settled = false;
  bool disputed = false;        // several spoke, and no two agree
  bool found = true;            // false: the two say that it cannot be found, of any contest
  Tallied tallied;              // if settled and found
  std::vector<Tallied> others;  // the same of the other contests
  // Of stations: the part of the error that it could hold. Of ballots: the assorter value of the
  // closest pair, reported minus found, where there is something reported. 0 if not settled.
  double taint = 0;
  bool differs = false;  // settled, and not as reported (stations)
};

// How far the evidence is for one assertion.
struct AssertionRisk {
  Assertion assertion;
  std::size_t contest = 0;  // 0: the audit's own, n: Subject::others[n - 1]
  double margin = 0;        // diluted, as reported
  double p = 1;
};

struct Progress {
  std::int64_t draws = 0;    // of the rounds so far
  std::int64_t weighed = 0;  // from the first on, as long as they are settled
  std::vector<Unit> units;   // each once, in the order of their first draw
  std::vector<AssertionRisk> assertions;
  std::vector<double> history;  // risk after each weighed draw; of Minerva, after each round.
                                // Of strata looked at rarely where there are many: turns.h
  double p = 1;                 // the risk: the largest of the assertions' smallest so far
  bool confirmed = false;       // p is within the risk limit
  // Draws without any difference that would still be needed; nothing if there is no telling, or
  // more than a million.
  std::optional<std::int64_t> more_if_clean;
};

// `rounds`: draws after each round, ascending; `draws` as many as the last. `found`: in the order
// of the log; of units that are not in the sample it is passed over. A reader's later word on a
// unit replaces the earlier.
Progress progress_of(const Subject& subject, std::span<const Draw> draws,
                     std::span<const std::int64_t> rounds,
                     std::span<const entry::AuditFound> found);

}  // namespace scr::audit
