// SPDX-License-Identifier: Apache-2.0
//
// What an audit would cost, and how often it would be wrong, if the ballots were so and so: played
// many times. A trial depends on its seed and number only, so the caller may spread trials over
// threads as it likes and gets the same answer.
//
//   const Urn urn({{1.0, 600}, {0.0, 400}});
//   trials[i] = play(test, hypothesis, urn, 0.05, 1000, Stream(seed, i));
//   summary_of(trials);
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "audit/martingale.h"
#include "audit/strata.h"
#include "audit/stream.h"
#include "audit/turns.h"

namespace scr::audit {

// Numbers to draw from: each value so many times, or with so much weight.
class Urn {
 public:
  struct Lot {
    double value;
    std::int64_t count;
  };
  // Lots of no count are left out; equal values may come in several.
  explicit Urn(std::vector<Lot> lots);

  const std::vector<Lot>& lots() const { return lots_; }
  std::int64_t size() const { return ends_.empty() ? 0 : ends_.back(); }
  double mean() const;

  double draw(Stream& random) const;  // with replacement

 private:
  std::vector<Lot> lots_;
  std::vector<std::int64_t> ends_;  // counts added up
};

// Draws that can be played.
struct Game {
  Method method;
  Hypothesis hypothesis;
  Urn urn;
  std::int64_t most = 0;  // draws of a trial
};

struct Trial {
  std::int64_t draws = 0;
  bool confirmed = false;  // p came down to the risk limit within `most` draws
};

// Draws from the urn, without replacement if the hypothesis has a population (that of the urn),
// until p <= risk or `most` draws are made.
Trial play(const Method& test, const Hypothesis& hypothesis, const Urn& urn, double risk,
           std::int64_t most, Stream random);

// A stratified test to be played: draws of each stratum come from its own urn, in their turns.
struct StratifiedGame {
  StratifiedTest test;  // before any draw
  Turns turns;
  std::vector<Urn> urns;  // by stratum
  bool replaced = false;  // drawn with replacement
  std::int64_t most = 0;  // draws of a trial
};

// Until p <= risk at one of its looks (is_look), or no draw is left.
Trial play(const StratifiedGame& game, double risk, Stream random);

// p after each of so many draws, least so far: of a stratified game as often as it is looked at.
std::vector<double> path(const Game& game, std::int64_t draws, Stream random);
std::vector<double> path(const StratifiedGame& game, std::int64_t draws, Stream random);

// What p usually is after so many draws: in 10, 50 and 90 of 100 trials it is at most that.
struct Usual {
  std::int64_t draws = 0;
  double low = 1;
  double middle = 1;
  double high = 1;
};
// At `points` moments at most, evenly spread over the paths, the last included. REQUIRES: paths of
// the same length, at least one of each.
std::vector<Usual> usual_of(std::span<const std::vector<double>> paths, std::size_t points);

struct Workload {
  std::int64_t trials = 0;
  std::int64_t confirmed = 0;
  double mean_draws = 0;  // those that did not confirm count with all that they drew
  // Draws within which so many of the trials had confirmed; nothing where they had not.
  struct Within {
    int percent;
    std::optional<std::int64_t> draws;
  };
  std::vector<Within> within;  // 50, 70, 80, 90, 95, 99
  // Draws of the trials that confirmed, ascending, thinned to a hundred at most, each with the part
  // of all trials that had confirmed by then: for drawing.
  struct Reached {
    std::int64_t draws;
    double part;
  };
  std::vector<Reached> reached;
};
Workload workload_of(std::span<const Trial> trials);

// The most that `confirmed` of `trials` speaks for a true rate above `risk`: the chance of so many
// or more if the rate were exactly `risk`. Small: the method stops wrongly too often.
double chance_if_limited(std::int64_t confirmed, std::int64_t trials, double risk);

}  // namespace scr::audit
