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
#include "audit/stream.h"

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

struct Trial {
  std::int64_t draws = 0;
  bool confirmed = false;  // p came down to the risk limit within `most` draws
};

// Draws from the urn, without replacement if the hypothesis has a population (that of the urn),
// until p <= risk or `most` draws are made.
Trial play(const Method& test, const Hypothesis& hypothesis, const Urn& urn, double risk,
           std::int64_t most, Stream random);

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
};
Workload workload_of(std::span<const Trial> trials);

// The most that `confirmed` of `trials` speaks for a true rate above `risk`: the chance of so many
// or more if the rate were exactly `risk`. Small: the method stops wrongly too often.
double chance_if_limited(std::int64_t confirmed, std::int64_t trials, double risk);

}  // namespace scr::audit
