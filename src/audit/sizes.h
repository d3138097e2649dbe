// SPDX-License-Identifier: Apache-2.0
//
// How much work an audit will be: what each method that fits would need, if the reported figures
// are right but for small errors at given rates, and how often it would confirm an outcome that is
// wrong.
//
//   for (const Planned& one : methods_for(subject, outlook)) {
//     if (one.game) ... play it, many times: simulate.h
//   }
//
// Only the closest assertion is looked at: the others need less. Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/comparison.h"
#include "audit/course.h"
#include "audit/martingale.h"
#include "audit/simulate.h"

namespace scr::audit {

// What is expected to be found beside right figures.
struct Outlook {
  Errors ballots;                  // rates, of ballots compared with their records
  double stations = 0;             // the part of stations whose figures are wrong
  std::int64_t station_votes = 2;  // by so many votes of lead, in the winner's favour
};

struct Within {
  int percent = 0;
  std::optional<std::int64_t> draws;
};

struct Planned {
  std::string method;     // as name_of(By); or "supersimple", "betting-comparison"
  bool stations = false;  // what is drawn: stations, or ballots
  // It needs a record of each ballot, which sheets do not give: planned for comparison, not run.
  bool needs_records = false;
  // Exact sizes, where there is no need to play: on average, and to have stopped with chances of
  // 70, 80, 90 % (of a first round, for minerva).
  std::optional<std::int64_t> expected;
  std::vector<Within> within;
  std::optional<Game> game;
  std::optional<StratifiedGame> strata;  // of a subject with strata, in place of `game`
};

// Of a subject with strata: its product. Of the kinds that draw stations: kaplan-markov,
// alpha-stations. Of ballots: alpha, kelly, bravo, minerva, oneaudit, supersimple,
// betting-comparison; of a majority those that can.
std::vector<Planned> methods_for(const Subject& subject, const Outlook& outlook);

// Draws of a game whose outcome is wrong: whoever went on so long would count everything.
inline constexpr std::int64_t kMostOfATie = 5000;

// The same draws, kMostOfATie at most, from figures whose outcome is just wrong (a tie): how often
// the game confirms it is the risk. For stations, the error lies in as few as can hold it. Nothing
// for minerva, whose rounds are no game of single draws.
std::optional<Game> game_of_a_tie(const Subject& subject, By by);

// The same of a subject with strata; kMostOfAStratifiedTie draws at most, since each look costs as
// much as all draws before it.
inline constexpr std::int64_t kMostOfAStratifiedTie = 500;
std::optional<StratifiedGame> strata_of_a_tie(const Subject& subject);

// The expected number of different stations among so many draws with chances proportional to their
// bounds. REQUIRES: a subject with batches.
double different_stations(const Subject& subject, std::int64_t draws);

}  // namespace scr::audit
