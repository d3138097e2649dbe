// SPDX-License-Identifier: Apache-2.0
//
// Batches of ballots (here: stations) drawn with chances proportional to the error that each could
// hold, with replacement, and compared with their reported figures: MACRO, the maximum across
// contests of relative overstatements, with the Kaplan-Markov bound. Stark 2009, 2010.
//
//   SCR_TRY(batches, Batches::make(contests));
//   batches.total_bound();                     // U
//   double t = batches.taint(17, found);       // error found, of the most that 17 could hold
//   kaplan_markov_p(U, taints)
//
// Several contests at once: an assertion belongs to a contest, and a batch has figures for each.
// The order of the draws matters if p is looked at on the way; kaplan_markov_sequential keeps it.
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "audit/assorter.h"
#include "base/result.h"

namespace scr::audit {

// Votes of one batch by option, and the most ballots that it can hold: what nobody can exceed.
using BatchTally = Tallied;

struct ContestBatches {
  std::vector<Assertion> assertions;  // plurality only; of this contest
  std::vector<BatchTally> batches;    // the same number for each contest
};

class Batches {
 public:
  // bad_input if a contest has another number of batches or an assertion is not a pair; conflict if
  // a reported margin is not above `unaudited` (ballots that no batch holds: all of them count
  // against every winner); unsupported if U passes 4,000: then count everything.
  static Result<Batches> make(std::vector<ContestBatches> contests, std::int64_t unaudited = 0);

  // u_p = max over pairs of ((w_p - l_p) + b_p) / V_wl: the most that batch p can overstate any
  // margin, as a part of that margin. Rounded up to a whole number of 2^-50, so that chances are
  // exactly proportional to them: weights() are these numbers.
  std::span<const double> bounds() const { return bounds_; }
  std::span<const std::int64_t> weights() const { return weights_; }
  double total_bound() const { return total_; }  // U, the sum: a clean outcome has U >= 1

  // The overstatement found in batch p, as a part of what it can hold: 0 for a right one, 1 for the
  // worst possible; below 0 if it understates. `found`: one tally a contest.
  double taint(std::size_t batch, std::span<const BatchTally> found) const;

 private:
  struct Pair {
    std::size_t contest;
    std::size_t winner;
    std::size_t loser;
    std::int64_t margin;
  };
  std::vector<ContestBatches> contests_;
  std::vector<Pair> pairs_;
  std::vector<std::int64_t> weights_;
  std::vector<double> bounds_;
  double total_ = 0;
};

// p after draws with these taints: the product of (1 - 1/U) / (1 - taint), at most 1. Taints below
// 0 count as 0, which is cautious. A taint of 1 makes p 1 for good: the bound cannot recover.
double kaplan_markov_p(double total_bound, std::span<const double> taints);

// The least p of any beginning of the draws: valid if they were made one after the other in the
// order of the sample, each settled before the audit could stop.
double kaplan_markov_sequential(double total_bound, std::span<const double> taints);

// Clean draws that meet the risk limit, from a p of `so_far`; one more, as Arlo counts, with
// `and_one`.
std::int64_t kaplan_markov_size(double total_bound, double risk, double so_far = 1,
                                bool and_one = false);

}  // namespace scr::audit
