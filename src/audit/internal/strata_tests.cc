// SPDX-License-Identifier: Apache-2.0
#include "audit/internal/strata_tests.h"

#include <algorithm>
#include <utility>

namespace scr::audit::internal {
namespace {

double part_of(const Strata& strata, std::size_t h) {
  double all = 0;
  for (std::int64_t weight : strata.weight) all += static_cast<double>(weight);
  return static_cast<double>(strata.weight[h]) / all;
}

}  // namespace

Tallied tallied_in(const Subject& subject, std::size_t h) {
  Tallied sum;
  sum.votes.assign(subject.total.votes.size(), 0);
  for (std::size_t i = 0; i < subject.stations.size(); ++i) {
    if (subject.strata->of[i] != h) continue;
    sum.ballots += subject.reported[i].ballots;
    for (std::size_t o = 0; o < sum.votes.size(); ++o) sum.votes[o] += subject.reported[i].votes[o];
  }
  return sum;
}

StratifiedTest strata_of_stations(const Subject& subject) {
  const double bound = subject.batches->total_bound();
  std::vector<StratumRule> rules;
  for (std::size_t h = 0; h < subject.strata->units.size(); ++h) {
    // As in alpha-stations: one hundredth of the tolerable error is thought of.
    rules.push_back({.weight = part_of(*subject.strata, h),
                     .population = std::nullopt,
                     .upper = 1,
                     .eta = 1 - 0.01 / bound});
  }
  return StratifiedTest(std::move(rules), std::max(0.0, 1 - 1 / bound), kStrataWeight);
}

StratifiedTest strata_of_ballots(const Subject& subject, const Assertion& assertion) {
  std::vector<StratumRule> rules;
  for (std::size_t h = 0; h < subject.strata->units.size(); ++h) {
    const Tallied reported = tallied_in(subject, h);
    rules.push_back({.weight = part_of(*subject.strata, h),
                     .population = reported.ballots,
                     .upper = upper_bound(assertion),
                     .eta = reported.ballots > 0 ? mean_of(assertion, reported) : 0.5});
  }
  return StratifiedTest(std::move(rules), 0.5, kStrataWeight);
}

}  // namespace scr::audit::internal
