// SPDX-License-Identifier: Apache-2.0
#include "audit/internal/weigh.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "audit/internal/oneaudit.h"
#include "audit/internal/strata_tests.h"
#include "audit/martingale.h"
#include "audit/polling.h"
#include "base/check.h"

namespace scr::audit::internal {
namespace {

constexpr std::int64_t kMostMore = 1'000'000;
constexpr double kWeight = 100;  // draws that the reported mean is worth beforehand

using Order = std::span<const std::size_t>;

Order weighed(Order order, const Progress& progress) {
  return order.first(static_cast<std::size_t>(progress.weighed));
}

// Stations.

double taint_of(const Subject& subject, const Unit& unit) {
  // What cannot be found is as wrong as it could be.
  if (!unit.found) return 1;
  std::vector<BatchTally> found{unit.tallied};
  found.insert(found.end(), unit.others.begin(), unit.others.end());
  return std::min(1.0, subject.batches->taint(unit.draw.station, found));
}

bool differs(const Tallied& reported, const Tallied& found) {
  return reported.votes != found.votes || reported.ballots != found.ballots;
}

bool differs(const Subject& subject, const Unit& unit) {
  if (!unit.found) return true;
  bool any = differs(subject.reported[unit.draw.station], unit.tallied);
  for (std::size_t i = 0; i < unit.others.size(); ++i)
    any = any || differs(subject.others[i].reported[unit.draw.station], unit.others[i]);
  return any;
}

void look_at_stations(const Subject& subject, Progress& progress) {
  for (Unit& unit : progress.units) {
    if (!unit.settled) continue;
    unit.taint = taint_of(subject, unit);
    unit.differs = differs(subject, unit);
  }
}

// One risk for all that must be true: the bound is on the largest error in any margin.
void add_station_assertions(const Subject& subject, Progress& progress) {
  const auto add = [&](const Contest& contest, std::size_t number) {
    for (const Assertion& one : contest.assertions)
      progress.assertions.push_back({one, number, margin_of(one, contest.total), progress.p});
  };
  add(subject, 0);
  for (std::size_t i = 0; i < subject.others.size(); ++i) add(subject.others[i], i + 1);
}

// The numbers 1 - taint, in [0, 1], have a mean of at most 1 - 1/U if the outcome is wrong. What
// understates counts as right.
Martingale station_test(const Subject& subject) {
  const double bound = subject.batches->total_bound();
  const double null = std::max(0.0, 1 - 1 / bound);
  if (subject.rules.by == By::kaplan_markov)
    return Martingale(KaplanMarkov{.g = 0}, {.mean = null});
  // Thought of: one hundredth of the tolerable error. Never bets all, so a taint of 1 is survived.
  return Martingale(Alpha{.eta = 1 - 0.01 / bound, .d = kWeight, .c = 0.5 / bound}, {.mean = null});
}

void weigh_stations(const Subject& subject, Order order, Progress& progress) {
  look_at_stations(subject, progress);
  Martingale test = station_test(subject);
  for (std::size_t i : weighed(order, progress)) {
    test.take(1 - std::max(0.0, progress.units[i].taint));
    progress.history.push_back(test.p_value());
  }
  progress.p = test.p_value();
  add_station_assertions(subject, progress);
  const double risk = subject.rules.risk.approximate();
  for (std::int64_t more = 0; more <= kMostMore; ++more) {
    if (test.p_value() <= risk) {
      progress.more_if_clean = more;
      return;
    }
    test.take(1);
  }
}

// Ballots.

// The option that a ballot shows; nothing if it has no valid vote.
std::optional<std::size_t> option_of(const Unit& unit) {
  for (std::size_t o = 0; o < unit.tallied.votes.size(); ++o) {
    if (unit.tallied.votes[o] > 0) return o;
  }
  return std::nullopt;
}

double value_of(const Unit& unit, const Assertion& assertion) {
  return unit.found ? assort(assertion, option_of(unit)) : 0;
}

Martingale polling_test(const Subject& subject, const Assertion& assertion) {
  const Hypothesis null{.upper = upper_bound(assertion), .population = subject.total.ballots};
  if (subject.rules.by == By::kelly) return Martingale(KellyMixture{}, null);
  return Martingale(Alpha{.eta = mean_of(assertion, subject.total), .d = kWeight}, null);
}

std::vector<double> polling_history(const Subject& subject, Order order, const Progress& progress,
                                    const Assertion& assertion) {
  Martingale test = polling_test(subject, assertion);
  std::vector<double> history;
  for (std::size_t i : order) {
    test.take(value_of(progress.units[i], assertion));
    history.push_back(test.p_value());
  }
  return history;
}

std::vector<double> oneaudit_history(const Subject& subject, Order order, const Progress& progress,
                                     const Assertion& assertion) {
  const OneAudit one = oneaudit_of(subject, assertion);
  Martingale test(one.bet, {.upper = 2 * one.if_right, .population = subject.total.ballots});
  std::vector<double> history;
  for (std::size_t i : order) {
    const Unit& unit = progress.units[i];
    const double recorded = mean_of(assertion, subject.reported[unit.draw.station]);
    test.take(one.value(recorded, value_of(unit, assertion)));
    history.push_back(test.p_value());
  }
  return history;
}

// The largest p over assertions after each draw, from histories of each.
void take_worst(std::vector<double>& worst, const std::vector<double>& one) {
  if (worst.empty()) {
    worst = one;
    return;
  }
  for (std::size_t i = 0; i < worst.size(); ++i) worst[i] = std::max(worst[i], one[i]);
}

void weigh_by_martingales(const Subject& subject, Order order, Progress& progress) {
  const bool oneaudit = subject.rules.by == By::oneaudit;
  for (const Assertion& assertion : subject.assertions) {
    const auto history = (oneaudit ? oneaudit_history : polling_history)(
        subject, weighed(order, progress), progress, assertion);
    progress.assertions.push_back(
        {assertion, 0, margin_of(assertion, subject.total), history.empty() ? 1 : history.back()});
    take_worst(progress.history, history);
  }
}

double share_of_two(const Subject& subject, const Assertion& assertion) {
  // A loser without any vote is given one: the test then is a little slower, and defined.
  const auto winner = static_cast<double>(subject.total.votes[assertion.winner]);
  const auto loser =
      static_cast<double>(std::max<std::int64_t>(1, subject.total.votes[*assertion.loser]));
  return winner / (winner + loser);
}

void see(const Unit& unit, const Assertion& assertion, Seen& seen) {
  const double value = value_of(unit, assertion);
  if (value == 1) ++seen.winner;
  if (value == 0) ++seen.loser;
}

void weigh_by_bravo(const Subject& subject, Order order, Progress& progress) {
  for (const Assertion& assertion : subject.assertions) {
    const double share = share_of_two(subject, assertion);
    std::vector<double> history;
    Seen seen;
    double least = 1;
    for (std::size_t i : weighed(order, progress)) {
      see(progress.units[i], assertion, seen);
      least = std::min(least, bravo_p(share, seen));
      history.push_back(least);
    }
    progress.assertions.push_back({assertion, 0, margin_of(assertion, subject.total), least});
    take_worst(progress.history, history);
  }
}

// Only rounds that are settled to their end say anything.
void weigh_by_minerva(const Subject& subject, Order order, std::span<const std::int64_t> rounds,
                      Progress& progress) {
  const double risk = subject.rules.risk.approximate();
  for (const Assertion& assertion : subject.assertions) {
    std::vector<double> history;
    std::vector<Seen> seen;
    std::int64_t begin = 0;
    for (std::int64_t end : rounds) {
      if (end > progress.weighed) break;
      seen.emplace_back();
      for (; begin < end; ++begin)
        see(progress.units[order[static_cast<std::size_t>(begin)]], assertion, seen.back());
      history.push_back(minerva_p(share_of_two(subject, assertion), risk, seen));
    }
    progress.assertions.push_back(
        {assertion, 0, margin_of(assertion, subject.total), history.empty() ? 1 : history.back()});
    take_worst(progress.history, history);
  }
}

// Strata. `value`: of each draw, for the test.
std::vector<double> stratified_history(const Subject& subject, Order order,
                                       const Progress& progress, StratifiedTest test,
                                       const std::function<double(const Unit&)>& value) {
  std::vector<double> history;
  double least = 1;
  for (std::size_t i : order) {
    const Unit& unit = progress.units[i];
    test.take(subject.strata->of[unit.draw.station], value(unit));
    if (is_look(static_cast<std::int64_t>(history.size()) + 1))
      least = std::min(least, test.current_p());
    history.push_back(least);
  }
  return history;
}

void weigh_station_strata(const Subject& subject, Order order, Progress& progress) {
  look_at_stations(subject, progress);
  progress.history =
      stratified_history(subject, weighed(order, progress), progress, strata_of_stations(subject),
                         [](const Unit& unit) { return 1 - std::max(0.0, unit.taint); });
  progress.p = progress.history.empty() ? 1 : progress.history.back();
  add_station_assertions(subject, progress);
}

void weigh_ballot_strata(const Subject& subject, Order order, Progress& progress) {
  for (const Assertion& assertion : subject.assertions) {
    const auto history = stratified_history(
        subject, weighed(order, progress), progress, strata_of_ballots(subject, assertion),
        [&](const Unit& unit) { return value_of(unit, assertion); });
    progress.assertions.push_back(
        {assertion, 0, margin_of(assertion, subject.total), history.empty() ? 1 : history.back()});
    take_worst(progress.history, history);
  }
}

// A ballot drawn from a station of which something was reported is never wrong by itself; it leans.
void lean_of_ballots(const Subject& subject, Progress& progress) {
  const auto closest =
      std::min_element(subject.assertions.begin(), subject.assertions.end(),
                       [&](const Assertion& a, const Assertion& b) {
                         return margin_of(a, subject.total) < margin_of(b, subject.total);
                       });
  for (Unit& unit : progress.units) {
    if (!unit.settled) continue;
    unit.taint = mean_of(*closest, subject.reported[unit.draw.station]) - value_of(unit, *closest);
  }
}

}  // namespace

void weigh(const Subject& subject, std::span<const std::size_t> order,
           std::span<const std::int64_t> rounds, Progress& progress) {
  const By by = subject.rules.by;
  if (by == By::product_stations) return weigh_station_strata(subject, order, progress);
  if (of_stations(by)) return weigh_stations(subject, order, progress);
  lean_of_ballots(subject, progress);
  if (by == By::product) {
    weigh_ballot_strata(subject, order, progress);
  } else if (by == By::bravo) {
    weigh_by_bravo(subject, order, progress);
  } else if (by == By::minerva) {
    weigh_by_minerva(subject, order, rounds, progress);
  } else {
    weigh_by_martingales(subject, order, progress);
  }
  progress.p = 0;
  for (const AssertionRisk& one : progress.assertions) progress.p = std::max(progress.p, one.p);
}

}  // namespace scr::audit::internal
