// SPDX-License-Identifier: Apache-2.0
//
// One audit, from the plan to what it says: which figures are audited, which units its seed draws,
// what was found there, how large the risk still is. A function of facts in the log alone, so that
// the keeper of the record and a stranger with the bundle get the same digits.
//
//   SCR_TRY(rules, rules_of(planned));
//   SCR_TRY(subject, subject_of(rules, definition, returns));
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
#include "base/fraction.h"
#include "base/result.h"
#include "election/definition.h"
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
enum class By { kaplan_markov, alpha_stations, alpha, kelly, bravo, minerva, oneaudit };
const char* name_of(By by);  // "kaplan-markov", "alpha-stations", ...
bool of_stations(By by);

struct Rules {
  Kind kind = Kind::transcription;
  By by = By::kaplan_markov;
  Fraction risk;  // above 0, at most 1/2
  Sampler sampler = Sampler::weighted;
  Rule rule;
};

// bad_input if a word is not known, unsupported if words do not fit together: a method of stations
// with ballots, another sampler than `weighted` with stations (or that with ballots), a majority
// with a method that looks at pairs.
Result<Rules> rules_of(const entry::AuditPlanned& planned);

// The reported figures, as they stood when the audit was planned.
struct Subject {
  Rules rules;
  std::vector<election::StationId> stations;  // those with a return, sorted
  std::vector<Tallied> reported;              // by station; `ballots`: those cast
  // The most ballots that the station can hold: its electors if anybody says how many, else those
  // reported as cast.
  std::vector<std::int64_t> most;
  Tallied total;
  std::vector<Assertion> assertions;
  std::optional<Batches> batches;  // of methods of stations
};

// conflict if there is no lead to be confirmed; bad_input if there are no returns.
Result<Subject> subject_of(const Rules& rules, const election::Definition& definition,
                           std::span<const review::StationReturn> returns);

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

// True if `seed` is 1 to 200 digits, letters or '-'.
bool is_seed(std::string_view seed);

// What readers said of one unit, and whether that settles it: two of them say the same.
struct Unit {
  Draw draw;
  std::int64_t times = 0;  // drawn
  std::int64_t readers = 0;
  bool settled = false;
  bool disputed = false;  // several spoke, and no two agree
  bool found = true;      // false: the two say that it cannot be found
  Tallied tallied;        // if settled and found
  // Of stations: the part of the error that it could hold. Of ballots: the assorter value of the
  // closest pair, reported minus found, where there is something reported. 0 if not settled.
  double taint = 0;
  bool differs = false;  // settled, and not as reported (stations)
};

// How far the evidence is for one assertion.
struct AssertionRisk {
  Assertion assertion;
  double margin = 0;  // diluted, as reported
  double p = 1;
};

struct Progress {
  std::int64_t draws = 0;    // of the rounds so far
  std::int64_t weighed = 0;  // from the first on, as long as they are settled
  std::vector<Unit> units;   // each once, in the order of their first draw
  std::vector<AssertionRisk> assertions;
  std::vector<double> history;  // risk after each weighed draw; of Minerva, after each round
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
