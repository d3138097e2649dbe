// SPDX-License-Identifier: Apache-2.0
#include "audit/sizes.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "audit/internal/oneaudit.h"
#include "audit/internal/strata_tests.h"
#include "audit/numeric.h"
#include "audit/polling.h"
#include "base/check.h"
#include "base/elementary.h"

namespace scr::audit {
namespace {

constexpr std::int64_t kMostDraws = 200'000;
constexpr double kWeight = 100;  // as in the audit itself: internal/weigh.cc

using Lots = std::vector<Urn::Lot>;

const Assertion& closest_of(const Subject& subject) {
  return *std::min_element(subject.assertions.begin(), subject.assertions.end(),
                           [&](const Assertion& a, const Assertion& b) {
                             return margin_of(a, subject.total) < margin_of(b, subject.total);
                           });
}

// Stations.

std::int64_t most_stations(const Subject& subject) {
  return std::min<std::int64_t>(kMostDraws,
                                20 * static_cast<std::int64_t>(subject.stations.size()));
}

Game station_game(const Subject& subject, By by, Urn urn) {
  const double bound = subject.batches->total_bound();
  const Hypothesis null{.mean = std::max(0.0, 1 - 1 / bound)};
  const std::int64_t most = most_stations(subject);
  if (by == By::kaplan_markov) return {KaplanMarkov{.g = 0}, null, std::move(urn), most};
  return {Alpha{.eta = 1 - 0.01 / bound, .d = kWeight, .c = 0.5 / bound}, null, std::move(urn),
          most};
}

// 1 - taint of each station.
using Values = std::vector<double>;

// Every so-manieth station is wrong, by so many votes.
Values values_with_errors(const Subject& subject, const Outlook& outlook) {
  const Assertion& closest = closest_of(subject);
  const auto lead = static_cast<double>(subject.total.votes[closest.winner] -
                                        subject.total.votes[*closest.loser]);
  const double error = static_cast<double>(outlook.station_votes) / lead;
  const auto bounds = subject.batches->bounds();
  Values values;
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    const double before = static_cast<double>(i) * outlook.stations;
    const bool wrong = std::floor(before + outlook.stations) > std::floor(before);
    values.push_back(wrong && bounds[i] > 0 ? 1 - std::min(1.0, error / bounds[i]) : 1);
  }
  return values;
}

// The largest stations hold all the error that they can, until the lead is gone.
Values values_of_a_tie(const Subject& subject) {
  const auto weights = subject.batches->weights();
  const auto bounds = subject.batches->bounds();
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
  double left = 1;
  Values values(weights.size(), 1);
  for (std::size_t i : order) {
    const double taint = bounds[i] > 0 ? std::min(1.0, left / bounds[i]) : 0;
    left = std::max(0.0, left - taint * bounds[i]);
    values[i] = 1 - taint;
  }
  return values;
}

// Of all stations, or of those of a stratum. Those that are right are one lot, the last.
Urn station_urn(const Subject& subject, const Values& values,
                std::optional<std::size_t> stratum = std::nullopt) {
  Lots lots;
  std::int64_t right = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (stratum && subject.strata->of[i] != *stratum) continue;
    const std::int64_t weight = subject.batches->weights()[i];
    if (values[i] == 1) {
      right += weight;
    } else {
      lots.push_back({values[i], weight});
    }
  }
  lots.push_back({1, right});
  return Urn(std::move(lots));
}

StratifiedGame station_strata(const Subject& subject, const Values& values) {
  StratifiedGame game{.test = internal::strata_of_stations(subject),
                      .turns = turns_of(subject),
                      .urns = {},
                      .replaced = true,
                      .most = most_stations(subject)};
  for (std::size_t h = 0; h < subject.strata->units.size(); ++h)
    game.urns.push_back(station_urn(subject, values, h));
  return game;
}

// Ballots.

std::int64_t others_than(const Subject& subject, const Assertion& assertion) {
  std::int64_t votes = 0;
  for (std::int64_t each : subject.total.votes) votes += each;
  const std::int64_t without = subject.total.ballots - votes;
  if (!assertion.loser) return without;
  return without + votes - subject.total.votes[assertion.winner] -
         subject.total.votes[*assertion.loser];
}

Urn ballots_of(const Subject& subject, const Assertion& assertion, std::int64_t moved) {
  const std::int64_t winner = subject.total.votes[assertion.winner];
  const std::int64_t others = others_than(subject, assertion);
  return Urn({{upper_bound(assertion), winner - moved},
              {0.5, others},
              {0, subject.total.ballots - others - winner + moved}});
}

constexpr std::int64_t kMostOfStrata = 5000;  // draws of a trial; who needs more counts everything

// Votes are moved in the first strata, as many as they hold: there they are hardest to find.
StratifiedGame ballot_strata(const Subject& subject, std::int64_t moved) {
  const Assertion& closest = closest_of(subject);
  StratifiedGame game{.test = internal::strata_of_ballots(subject, closest),
                      .turns = turns_of(subject),
                      .urns = {},
                      .replaced = false,
                      .most = std::min(subject.total.ballots, kMostOfStrata)};
  for (std::size_t h = 0; h < subject.strata->units.size(); ++h) {
    const Tallied reported = internal::tallied_in(subject, h);
    const auto votes =
        std::accumulate(reported.votes.begin(), reported.votes.end(), std::int64_t{0});
    const std::int64_t winner = reported.votes[closest.winner];
    const std::int64_t loser = closest.loser ? reported.votes[*closest.loser] : votes - winner;
    const std::int64_t here = std::min(moved, winner);
    moved -= here;
    game.urns.push_back(Urn({{upper_bound(closest), winner - here},
                             {0.5, reported.ballots - winner - loser},
                             {0, loser + here}}));
  }
  return game;
}

double pair_share(const Subject& subject, const Assertion& assertion) {
  const auto winner = static_cast<double>(subject.total.votes[assertion.winner]);
  const auto loser =
      static_cast<double>(std::max<std::int64_t>(1, subject.total.votes[*assertion.loser]));
  return winner / (winner + loser);
}

Game ballot_game(const Subject& subject, By by, Urn urn) {
  const Assertion& closest = closest_of(subject);
  const double mean = mean_of(closest, subject.total);
  const std::int64_t ballots = subject.total.ballots;
  const Hypothesis null{.upper = upper_bound(closest), .population = ballots};
  const std::int64_t most = std::min(ballots, kMostDraws);
  if (by == By::alpha) return {Alpha{.eta = mean, .d = kWeight}, null, std::move(urn), most};
  if (by == By::kelly) return {KellyMixture{}, null, std::move(urn), most};
  // BRAVO is Wald's test with the winner's share among the two; other ballots change nothing.
  return {FixedAlternative{pair_share(subject, closest)}, {}, std::move(urn), most};
}

// What a ballot of each station and each kind is worth beside its station's mean. Drawn with
// replacement, which asks for a little more. `moved`: votes of the winner that are the loser's.
Game oneaudit_game(const Subject& subject, std::int64_t moved) {
  const Assertion& closest = closest_of(subject);
  const internal::OneAudit one = internal::oneaudit_of(subject, closest);
  Lots lots;
  for (const Tallied& station : subject.reported) {
    if (station.ballots == 0) continue;
    const double recorded = mean_of(closest, station);
    const auto votes = std::accumulate(station.votes.begin(), station.votes.end(), std::int64_t{0});
    const std::int64_t winner = station.votes[closest.winner];
    const std::int64_t loser = closest.loser ? station.votes[*closest.loser] : votes - winner;
    const std::int64_t here = std::min(moved, winner);
    moved -= here;
    lots.push_back({one.value(recorded, one.upper), winner - here});
    lots.push_back({one.value(recorded, 0.5), station.ballots - winner - loser});
    lots.push_back({one.value(recorded, 0), loser + here});
  }
  return {one.bet,
          {.upper = 2 * one.if_right},
          Urn(std::move(lots)),
          std::min(subject.total.ballots, kMostDraws)};
}

std::vector<Within> each_percent(auto&& draws_within) {
  std::vector<Within> all;
  for (int percent : {70, 80, 90}) all.push_back({percent, draws_within(percent / 100.0)});
  return all;
}

// The pair alone decides; other ballots lengthen the sample in proportion.
std::int64_t with_others(const Subject& subject, const Assertion& pair, std::int64_t of_two) {
  const double two = static_cast<double>(subject.total.ballots - others_than(subject, pair));
  return static_cast<std::int64_t>(
      std::ceil(static_cast<double>(of_two) * static_cast<double>(subject.total.ballots) / two));
}

Planned bravo_planned(const Subject& subject, double risk) {
  const Assertion& pair = closest_of(subject);
  const double ballots = static_cast<double>(subject.total.ballots);
  const Shares shares{static_cast<double>(subject.total.votes[pair.winner]) / ballots,
                      static_cast<double>(subject.total.votes[*pair.loser]) / ballots};
  Planned planned{.method = name_of(By::bravo)};
  planned.expected = bravo_expected(shares, risk);
  planned.within = each_percent([&](double quantile) -> std::optional<std::int64_t> {
    const auto of_two = bravo_sequential(pair_share(subject, pair), risk, quantile, 20'000);
    if (!of_two) return std::nullopt;
    return with_others(subject, pair, *of_two);
  });
  planned.game = ballot_game(subject, By::bravo, ballots_of(subject, pair, 0));
  return planned;
}

Planned minerva_planned(const Subject& subject, double risk) {
  const Assertion& pair = closest_of(subject);
  const double share = pair_share(subject, pair);
  Planned planned{.method = name_of(By::minerva)};
  // The search goes through sizes one by one, each in proportion to the size.
  if (share - 0.5 < 0.005) return planned;
  planned.within = each_percent([&](double quantile) -> std::optional<std::int64_t> {
    return with_others(subject, pair, minerva_first_round(share, risk, quantile));
  });
  return planned;
}

Planned comparison_planned(const Subject& subject, const Outlook& outlook) {
  const Assertion& closest = closest_of(subject);
  const double upper = upper_bound(closest);
  const double margin = margin_of(closest, subject.total);
  const double if_right = 1 / (2 - margin / upper);
  const auto ballots = static_cast<double>(subject.total.ballots);
  const auto count = [&](double rate) { return std::llround(rate * ballots); };
  const Errors& rates = outlook.ballots;
  const auto wrong =
      count(rates.over1) + count(rates.over2) + count(rates.under1) + count(rates.under2);
  // The bet that is best if two-vote overstatements come once in a hundred or as often as expected
  // (Kelly): it loses much, but not all, to one of them.
  const double over2 = std::max(0.01, rates.over2);
  const double bet = std::max(0.0, 2 * (1 - over2) - over2 / (if_right - 0.5));
  Planned planned{.method = "betting-comparison", .needs_records = true};
  planned.game = Game{FixedBet{bet},
                      {.upper = 2 * if_right, .population = subject.total.ballots},
                      Urn({{if_right, subject.total.ballots - wrong},
                           {if_right * (1 - 0.5 / upper), count(rates.over1)},
                           {0, count(rates.over2)},
                           {if_right * (1 + 0.5 / upper), count(rates.under1)},
                           {2 * if_right, count(rates.under2)}}),
                      std::min(subject.total.ballots, kMostDraws)};
  return planned;
}

}  // namespace

std::vector<Planned> methods_for(const Subject& subject, const Outlook& outlook) {
  const double risk = subject.rules.risk.approximate();
  std::vector<Planned> all;
  if (subject.strata) {
    Planned planned{.method = name_of(subject.batches ? By::product_stations : By::product),
                    .stations = subject.batches.has_value()};
    planned.strata = subject.batches ? station_strata(subject, values_with_errors(subject, outlook))
                                     : ballot_strata(subject, 0);
    all.push_back(std::move(planned));
    return all;
  }
  if (subject.batches) {
    for (By by : {By::kaplan_markov, By::alpha_stations}) {
      Planned planned{.method = name_of(by), .stations = true};
      planned.game =
          station_game(subject, by, station_urn(subject, values_with_errors(subject, outlook)));
      all.push_back(std::move(planned));
    }
    return all;
  }
  const Assertion& closest = closest_of(subject);
  for (By by : {By::alpha, By::kelly}) {
    Planned planned{.method = name_of(by)};
    planned.game = ballot_game(subject, by, ballots_of(subject, closest, 0));
    all.push_back(std::move(planned));
  }
  if (!subject.rules.rule.majority) {
    all.push_back(bravo_planned(subject, risk));
    all.push_back(minerva_planned(subject, risk));
  }
  all.push_back(Planned{.method = name_of(By::oneaudit), .game = oneaudit_game(subject, 0)});
  if (closest.loser) {
    Planned supersimple{.method = "supersimple", .needs_records = true};
    supersimple.expected =
        supersimple_rounded(margin_of(closest, subject.total), risk, outlook.ballots);
    all.push_back(std::move(supersimple));
  }
  all.push_back(comparison_planned(subject, outlook));
  return all;
}

namespace {

// Votes to be moved from the winner to the loser, until the mean is at most 1/2.
std::int64_t moved_for_a_tie(const Subject& subject) {
  const Assertion& closest = closest_of(subject);
  if (closest.loser) {
    return (subject.total.votes[closest.winner] - subject.total.votes[*closest.loser] + 1) / 2;
  }
  const double excess = mean_of(closest, subject.total) - 0.5;
  return static_cast<std::int64_t>(
      std::ceil(excess * static_cast<double>(subject.total.ballots) / upper_bound(closest)));
}

std::optional<Game> tie_of(const Subject& subject, By by) {
  if (of_strata(by)) return std::nullopt;      // strata_of_a_tie
  if (by == By::minerva) return std::nullopt;  // its rounds are no game of single draws
  if (of_stations(by)) {
    SCR_CHECK(subject.batches.has_value());
    return station_game(subject, by, station_urn(subject, values_of_a_tie(subject)));
  }
  const Assertion& closest = closest_of(subject);
  const std::int64_t moved = moved_for_a_tie(subject);
  if (by == By::oneaudit) return oneaudit_game(subject, moved);
  return ballot_game(subject, by, ballots_of(subject, closest, moved));
}

}  // namespace

std::optional<Game> game_of_a_tie(const Subject& subject, By by) {
  auto game = tie_of(subject, by);
  if (game) game->most = std::min(game->most, kMostOfATie);
  return game;
}

std::optional<StratifiedGame> strata_of_a_tie(const Subject& subject) {
  if (!subject.strata) return std::nullopt;
  StratifiedGame game = subject.batches ? station_strata(subject, values_of_a_tie(subject))
                                        : ballot_strata(subject, moved_for_a_tie(subject));
  game.most = std::min(game.most, kMostOfAStratifiedTie);
  return game;
}

double different_stations(const Subject& subject, std::int64_t draws) {
  SCR_CHECK(subject.batches.has_value());
  std::vector<double> bounds(subject.strata ? subject.strata->units.size() : 1, 0.0);
  std::vector<std::int64_t> times(bounds.size(), draws);
  if (subject.strata) {
    Turns turns = turns_of(subject);
    for (std::int64_t j = 0; j < draws; ++j) turns.next();
    times = turns.drawn();
  }
  const auto stratum = [&](std::size_t i) { return subject.strata ? subject.strata->of[i] : 0; };
  const auto each = subject.batches->bounds();
  for (std::size_t i = 0; i < each.size(); ++i) bounds[stratum(i)] += each[i];
  double sum = 0;
  for (std::size_t i = 0; i < each.size(); ++i) {
    const double chance = each[i] > 0 ? each[i] / bounds[stratum(i)] : 0;
    sum += 1 - power(std::max(0.0, 1 - chance), static_cast<double>(times[stratum(i)]));
  }
  return sum;
}

}  // namespace scr::audit
