// SPDX-License-Identifier: Apache-2.0
//
// What has to be true for a reported outcome to be right, as statements about means.
//
// An assertion says that the mean of an assorter, a number in [0, 1] that each ballot gets, is
// above 1/2. An outcome is right if all of its assertions are true, so an audit that rejects "the
// mean is at most 1/2" for each of them has confirmed it; each is tested at the whole risk limit,
// without adjustment. SHANGRLA: Stark, "Sets of Half-Average Nulls Generate Risk-Limiting Audits",
// 2020.
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/fraction.h"
#include "base/result.h"

namespace scr::audit {

// How a contest is decided. The `winners` options with the most votes win; with `majority` the
// first of them must also have more than that share of the valid votes.
struct Rule {
  std::size_t winners = 1;
  std::optional<Fraction> majority;
};

// "winner has more votes than loser"; or, without a loser, "winner has more than the share
// `majority` of the valid votes". Options are positions in the contest's list.
struct Assertion {
  std::size_t winner = 0;
  std::optional<std::size_t> loser;
  Fraction majority;

  friend bool operator==(const Assertion&, const Assertion&) = default;
};

// Assertions that together say the outcome of `votes` under `rule`: each winner beats each loser,
// and if there is a majority to be had, the winner has it. conflict if the last winner and the
// first loser have equally many votes, or the majority is not reached: there is nothing to confirm;
// bad_input if there are not more options than winners.
Result<std::vector<Assertion>> assertions_of(const Rule& rule, std::span<const std::int64_t> votes);

// A contest's figures over some ballots. Ballots without a valid vote count as neither.
struct Tallied {
  std::vector<std::int64_t> votes;  // by option
  std::int64_t ballots = 0;         // at least the votes; what is more has no valid vote
};

// The value that the assertion's assorter gives to a ballot for `option` (nothing: no valid vote).
// Plurality: winner 1, loser 0, any other 1/2. Majority f: winner 1/(2f), another option 0, no
// valid vote 1/2.
double assort(const Assertion& assertion, std::optional<std::size_t> option);

// The largest value that it gives: 1, or 1/(2f).
double upper_bound(const Assertion& assertion);

// Its mean over all ballots. REQUIRES: ballots > 0.
double mean_of(const Assertion& assertion, const Tallied& tallied);

// The diluted margin, 2 * mean - 1: for plurality (w - l) / ballots.
double margin_of(const Assertion& assertion, const Tallied& tallied);

// The overstatement assorter for comparing a ballot's record with the ballot: (1 - o/u) / (2 - v/u)
// with o = assort(record) - assort(ballot), v the margin of the records. Its mean is above 1/2
// exactly if that of the ballots is; on a right record it is 1 / (2 - v/u), above 1/2.
double overstatement(double recorded, double found, double upper, double margin);

// Of a ballot that cannot be found: as if it had the least that a ballot can have.
double overstatement_if_missing(double recorded, double upper, double margin);

}  // namespace scr::audit
