// SPDX-License-Identifier: Apache-2.0
#include "forensics/integer_percent.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "forensics/internal/distributions.h"
#include "forensics/internal/effect.h"

namespace scr::forensics {
namespace {

// Counts of percentages by their nearest tenth after the point: [0] the whole ones.
using Tenths = std::array<double, 10>;

// What redrawing gives: expected counts, and their variance.
struct Expected {
  Tenths counts{};
  Tenths variance{};
};

// What 100 part / whole has beyond whole numbers, in units of which 20 whole are one per cent.
std::int64_t rest_of(std::int64_t part, std::int64_t whole) {
  return 2000 * part % (20 * whole);
}

bool is_near_whole(std::int64_t rest, std::int64_t whole) {
  return rest <= whole || rest >= 19 * whole;
}

std::size_t tenth_of(std::int64_t rest, std::int64_t whole) {
  return static_cast<std::size_t>((rest + whole) / (2 * whole) % 10);
}

struct Rates {
  double hit = 0;  // probability of a whole percentage
};

// Drawn again at its own rate.
Rates redrawn(std::int64_t part, std::int64_t whole, Distribution& draw, Expected& expected) {
  binomial(whole, part, whole, draw);
  Rates rates;
  Tenths here{};
  std::int64_t rest = rest_of(draw.first, whole);
  for (const double p : draw.p) {
    if (is_near_whole(rest, whole)) rates.hit += p;
    here[tenth_of(rest, whole)] += p;
    rest += 2000;
    while (rest >= 20 * whole) rest -= 20 * whole;
  }
  for (std::size_t i = 0; i < here.size(); ++i) {
    expected.counts[i] += here[i];
    expected.variance[i] += here[i] * (1 - here[i]);
  }
  return rates;
}

// The count nearest to the next whole percentage, 99 at most; never less than `part`.
std::int64_t next_whole(std::int64_t part, std::int64_t whole) {
  const std::int64_t percent = std::min<std::int64_t>(100 * part / whole + 1, 99);
  return std::max(part, (percent * whole + 50) / 100);
}

}  // namespace

bool is_integer_percent(std::int64_t part, std::int64_t whole) {
  return is_near_whole(rest_of(part, whole), whole);
}

bool is_in_integer_test(const Station& station) {
  return station.electors >= 100 && 100 * station.cast <= 99 * station.electors &&
         100 * station.votes <= 99 * station.valid;
}

Measured integer_percents(const Stations& stations) {
  Measured out;
  Distribution draw;
  Tenths seen{};
  Expected expected;
  std::vector<double> chances;
  std::vector<std::int64_t> hits;
  double shares = 0, turnouts = 0, expected_shares = 0, expected_turnouts = 0;
  for (const Station& station : stations) {
    if (!is_in_integer_test(station)) continue;
    const bool share = is_integer_percent(station.votes, station.valid);
    const bool turnout = is_integer_percent(station.cast, station.electors);
    shares += share;
    turnouts += turnout;
    if (share || turnout) hits.push_back(station.valid);
    seen[tenth_of(rest_of(station.votes, station.valid), station.valid)] += 1;
    seen[tenth_of(rest_of(station.cast, station.electors), station.electors)] += 1;
    const Rates of_share = redrawn(station.votes, station.valid, draw, expected);
    const Rates of_turnout = redrawn(station.cast, station.electors, draw, expected);
    expected_shares += of_share.hit;
    expected_turnouts += of_turnout.hit;
    chances.push_back(1 - (1 - of_share.hit) * (1 - of_turnout.hit));
    out.expected += chances.back();
  }
  out.units = static_cast<std::int64_t>(chances.size());
  out.statistic = static_cast<double>(hits.size());
  if (out.units == 0) return out;
  out.p = poisson_binomial_tail(chances, static_cast<std::int64_t>(hits.size()));
  out.effect_votes = votes_in_largest(hits, out.statistic - out.expected);
  out.more = {{"shares", shares},
              {"shares_expected", expected_shares},
              {"turnouts", turnouts},
              {"turnouts_expected", expected_turnouts}};
  for (std::size_t i = 5; i < 15; ++i) {
    const std::size_t tenth = i % 10;
    out.bars.push_back({"." + std::to_string(tenth), seen[tenth], expected.counts[tenth],
                        std::sqrt(expected.variance[tenth])});
  }
  return out;
}

void round_up_to_whole(Stations& stations, Chance& chance) {
  for (Station& station : stations) {
    if (!is_in_integer_test(station) || !chance.happens(1, 5)) continue;
    station.votes = next_whole(station.votes, station.valid);
    station.cast = next_whole(station.cast, station.electors);
  }
}

}  // namespace scr::forensics
