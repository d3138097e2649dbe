// SPDX-License-Identifier: Apache-2.0
#include "audit/assorter.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace scr::audit {
namespace {

std::int64_t sum_of(std::span<const std::int64_t> votes) {
  return std::accumulate(votes.begin(), votes.end(), std::int64_t{0});
}

// Positions, most votes first; equal ones in the order of the contest.
std::vector<std::size_t> ranked(std::span<const std::int64_t> votes) {
  std::vector<std::size_t> order(votes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return votes[a] > votes[b]; });
  return order;
}

}  // namespace

Result<std::vector<Assertion>> assertions_of(const Rule& rule,
                                             std::span<const std::int64_t> votes) {
  if (rule.winners == 0 || rule.winners >= votes.size()) {
    return fail(ErrorCode::bad_input, "a contest of " + std::to_string(votes.size()) +
                                          " options cannot have " + std::to_string(rule.winners) +
                                          " winners that an audit could confirm");
  }
  const auto order = ranked(votes);
  if (votes[order[rule.winners - 1]] == votes[order[rule.winners]]) {
    return fail(ErrorCode::conflict,
                "the reported outcome is a tie: no sample can confirm it, count everything");
  }
  std::vector<Assertion> assertions;
  for (std::size_t w = 0; w < rule.winners; ++w) {
    for (std::size_t l = rule.winners; l < order.size(); ++l)
      assertions.push_back({.winner = order[w], .loser = order[l], .majority = {}});
  }
  if (rule.majority) {
    const auto reached = Fraction::of(votes[order[0]], std::max<std::int64_t>(sum_of(votes), 1));
    if (!reached || *reached <= *rule.majority) {
      return fail(ErrorCode::conflict, "the reported winner does not have the majority of " +
                                           rule.majority->text() + " that is to be confirmed");
    }
    assertions.push_back({.winner = order[0], .loser = std::nullopt, .majority = *rule.majority});
  }
  return assertions;
}

double upper_bound(const Assertion& assertion) {
  return assertion.loser ? 1.0
                         : static_cast<double>(assertion.majority.denominator()) /
                               (2 * static_cast<double>(assertion.majority.numerator()));
}

double assort(const Assertion& assertion, std::optional<std::size_t> option) {
  if (!option) return 0.5;
  if (*option == assertion.winner) return upper_bound(assertion);
  if (!assertion.loser || *option == *assertion.loser) return 0;
  return 0.5;
}

double mean_of(const Assertion& assertion, const Tallied& tallied) {
  SCR_CHECK(tallied.ballots > 0 && tallied.ballots >= sum_of(tallied.votes));
  const double ballots = static_cast<double>(tallied.ballots);
  const double winner = static_cast<double>(tallied.votes[assertion.winner]);
  if (assertion.loser) {
    const double loser = static_cast<double>(tallied.votes[*assertion.loser]);
    return (ballots + winner - loser) / (2 * ballots);
  }
  const double without = static_cast<double>(tallied.ballots - sum_of(tallied.votes));
  return (winner * upper_bound(assertion) + without / 2) / ballots;
}

double margin_of(const Assertion& assertion, const Tallied& tallied) {
  return 2 * mean_of(assertion, tallied) - 1;
}

double overstatement(double recorded, double found, double upper, double margin) {
  return (1 - (recorded - found) / upper) / (2 - margin / upper);
}

double overstatement_if_missing(double recorded, double upper, double margin) {
  return overstatement(recorded, 0, upper, margin);
}

}  // namespace scr::audit
