// SPDX-License-Identifier: Apache-2.0
#include "audit/simulate.h"

#include <algorithm>

#include "audit/numeric.h"
#include "base/check.h"

namespace scr::audit {
namespace {

// Draws without replacement by going through the lots: they are few where that is used.
double take_one(std::vector<Urn::Lot>& left, std::int64_t sum, Stream& random) {
  auto place = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(sum)));
  for (Urn::Lot& lot : left) {
    if (place < lot.count) {
      --lot.count;
      return lot.value;
    }
    place -= lot.count;
  }
  SCR_CHECK(false);
  return 0;
}

}  // namespace

Urn::Urn(std::vector<Lot> lots) : lots_(std::move(lots)) {
  std::erase_if(lots_, [](const Lot& lot) { return lot.count <= 0; });
  std::int64_t sum = 0;
  for (const Lot& lot : lots_) ends_.push_back(sum += lot.count);
}

double Urn::mean() const {
  double sum = 0;
  for (const Lot& lot : lots_) sum += lot.value * static_cast<double>(lot.count);
  return sum / static_cast<double>(size());
}

double Urn::draw(Stream& random) const {
  const auto place = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(size())));
  if (lots_.size() <= 8) {
    std::size_t i = 0;
    while (place >= ends_[i]) ++i;
    return lots_[i].value;
  }
  const auto found = std::upper_bound(ends_.begin(), ends_.end(), place);
  return lots_[static_cast<std::size_t>(found - ends_.begin())].value;
}

Trial play(const Method& test, const Hypothesis& hypothesis, const Urn& urn, double risk,
           std::int64_t most, Stream random) {
  Martingale martingale(test, hypothesis);
  std::vector<Urn::Lot> left;
  if (hypothesis.population) {
    SCR_CHECK(*hypothesis.population == urn.size());
    left = urn.lots();
    most = std::min(most, urn.size());
  }
  for (std::int64_t drawn = 0; drawn < most; ++drawn) {
    martingale.take(hypothesis.population ? take_one(left, urn.size() - drawn, random)
                                          : urn.draw(random));
    if (martingale.p_value() <= risk) return {drawn + 1, true};
  }
  return {most, false};
}

Trial play(const StratifiedGame& game, double risk, Stream random) {
  StratifiedTest test = game.test;
  Turns turns = game.turns;
  std::vector<std::vector<Urn::Lot>> left;
  std::vector<std::int64_t> sizes;
  for (const Urn& urn : game.urns) {
    left.push_back(urn.lots());
    sizes.push_back(urn.size());
  }
  for (std::int64_t drawn = 1; drawn <= game.most; ++drawn) {
    const auto h = turns.next();
    if (!h) return {drawn - 1, false};
    test.take(*h,
              game.replaced ? game.urns[*h].draw(random) : take_one(left[*h], sizes[*h]--, random));
    if (is_look(drawn) && test.current_p() <= risk) return {drawn, true};
  }
  return {game.most, false};
}

namespace {

constexpr std::size_t kMostReached = 100;

// The draws of a trial, one after the other.
class Player {
 public:
  Player(const Game& game, Stream random) : game_(game), random_(random) {
    if (game.hypothesis.population) left_ = game.urn.lots();
  }
  double draw() {
    if (left_.empty()) return game_.urn.draw(random_);
    return take_one(left_, game_.urn.size() - drawn_++, random_);
  }

 private:
  const Game& game_;
  Stream random_;
  std::vector<Urn::Lot> left_;
  std::int64_t drawn_ = 0;
};

}  // namespace

std::vector<double> path(const Game& game, std::int64_t draws, Stream random) {
  Martingale martingale(game.method, game.hypothesis);
  if (game.hypothesis.population) draws = std::min(draws, game.urn.size());
  Player player(game, random);
  std::vector<double> all;
  for (std::int64_t j = 0; j < draws; ++j) {
    martingale.take(player.draw());
    all.push_back(martingale.p_value());
  }
  return all;
}

std::vector<double> path(const StratifiedGame& game, std::int64_t draws, Stream random) {
  StratifiedTest test = game.test;
  Turns turns = game.turns;
  std::vector<std::vector<Urn::Lot>> left;
  std::vector<std::int64_t> sizes;
  for (const Urn& urn : game.urns) {
    left.push_back(urn.lots());
    sizes.push_back(urn.size());
  }
  std::vector<double> all;
  double least = 1;
  for (std::int64_t j = 1; j <= draws; ++j) {
    const auto h = turns.next();
    if (!h) break;
    test.take(*h,
              game.replaced ? game.urns[*h].draw(random) : take_one(left[*h], sizes[*h]--, random));
    if (is_look(j)) least = std::min(least, test.current_p());
    all.push_back(least);
  }
  return all;
}

std::vector<Usual> usual_of(std::span<const std::vector<double>> paths, std::size_t points) {
  const std::size_t length = paths.front().size();
  std::vector<Usual> usual;
  for (std::size_t k = 1; k <= std::min(points, length); ++k) {
    const std::size_t at = k * length / std::min(points, length) - 1;
    std::vector<double> values;
    for (const std::vector<double>& path : paths) values.push_back(path[at]);
    std::sort(values.begin(), values.end());
    const auto quantile = [&](std::size_t percent) {
      return values[(values.size() * percent + 99) / 100 - 1];
    };
    usual.push_back({static_cast<std::int64_t>(at + 1), quantile(10), quantile(50), quantile(90)});
  }
  return usual;
}

Workload workload_of(std::span<const Trial> trials) {
  Workload workload;
  workload.trials = static_cast<std::int64_t>(trials.size());
  std::vector<std::int64_t> draws;
  double sum = 0;
  for (const Trial& trial : trials) {
    sum += static_cast<double>(trial.draws);
    if (trial.confirmed) draws.push_back(trial.draws);
  }
  workload.confirmed = static_cast<std::int64_t>(draws.size());
  workload.mean_draws = trials.empty() ? 0 : sum / static_cast<double>(trials.size());
  std::sort(draws.begin(), draws.end());
  for (int percent : {50, 70, 80, 90, 95, 99}) {
    // The smallest number that at least `percent` of all trials did not pass.
    const std::size_t needed = (trials.size() * static_cast<std::size_t>(percent) + 99) / 100;
    Workload::Within within{percent, std::nullopt};
    if (needed > 0 && needed <= draws.size()) within.draws = draws[needed - 1];
    workload.within.push_back(within);
  }
  const std::size_t points = std::min(draws.size(), kMostReached);
  for (std::size_t k = 1; k <= points; ++k) {
    const std::size_t count = k * draws.size() / points;
    workload.reached.push_back(
        {draws[count - 1], static_cast<double>(count) / static_cast<double>(trials.size())});
  }
  return workload;
}

double chance_if_limited(std::int64_t confirmed, std::int64_t trials, double risk) {
  return binomial_upper_tail(trials, risk, confirmed);
}

}  // namespace scr::audit
