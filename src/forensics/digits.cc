// SPDX-License-Identifier: Apache-2.0
#include "forensics/digits.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/elementary.h"
#include "forensics/internal/distributions.h"
#include "forensics/internal/effect.h"

namespace scr::forensics {
namespace {

constexpr double kEuler = 2.71828182845904523536;
constexpr std::int64_t kLeastWide = 100;

bool is_wide_count(std::int64_t count, std::int64_t valid) {
  return count >= kLeastWide && count * (valid - count) >= 25 * valid;
}

std::size_t second_digit(std::int64_t count) {
  while (count >= 100) count /= 10;
  return static_cast<std::size_t>(count % 10);
}

std::size_t last_digit(std::int64_t count) {
  return static_cast<std::size_t>(count % 10);
}

// 0: the same digit twice, 1: neighbours, 2: distant.
std::size_t last_pair(std::int64_t count) {
  const std::int64_t apart = (count % 10 - count / 10 % 10 + 10) % 10;
  if (apart == 0) return 0;
  return apart == 1 || apart == 9 ? 1 : 2;
}

// Wide counts put into `classes` kinds, and how counts would fall if every ballot of every station
// were drawn again at the station's own share: sums and covariances, exact. Stations whose own
// count is not wide may draw one that is, and the other way round: else the counts just above the
// bound would be expected too rarely.
struct Classes {
  std::vector<double> seen;
  std::vector<double> expected;
  std::vector<double> covariance;
  std::vector<std::int64_t> counts;  // of those looked at
};

Classes classes_of(const Stations& stations, std::size_t classes,
                   std::size_t (*kind)(std::int64_t)) {
  Classes out{std::vector<double>(classes),
              std::vector<double>(classes),
              std::vector<double>(classes * classes),
              {}};
  Distribution redraw;
  std::vector<double> p(classes);
  for (const Station& station : stations) {
    if (is_wide(station)) {
      out.counts.push_back(station.votes);
      out.seen[kind(station.votes)] += 1;
    }
    binomial(station.valid, station.votes, station.valid, redraw);
    std::fill(p.begin(), p.end(), 0.0);
    for (std::int64_t count = std::max(redraw.first, kLeastWide); count <= redraw.last(); ++count) {
      if (is_wide_count(count, station.valid)) p[kind(count)] += redraw.of(count);
    }
    for (std::size_t a = 0; a < classes; ++a) {
      out.expected[a] += p[a];
      out.covariance[a * classes + a] += p[a];
      for (std::size_t b = 0; b < classes; ++b) out.covariance[a * classes + b] -= p[a] * p[b];
    }
  }
  return out;
}

// Given how many were seen in all, which redrawing does not tell: `expected` is scaled to that sum,
// and the covariance V becomes A V A' with A = I - q 1', q the expected parts.
void condition_on_total(Classes& classes) {
  const std::size_t n = classes.seen.size();
  double total = 0;
  for (const double each : classes.expected) total += each;
  std::vector<double> q(n);
  for (std::size_t i = 0; i < n; ++i) q[i] = classes.expected[i] / total;
  std::vector<double> half(n * n), sums(n);  // A V, then its row sums
  for (std::size_t j = 0; j < n; ++j) {
    double column = 0;
    for (std::size_t i = 0; i < n; ++i) column += classes.covariance[i * n + j];
    for (std::size_t i = 0; i < n; ++i) {
      half[i * n + j] = classes.covariance[i * n + j] - q[i] * column;
      sums[i] += half[i * n + j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    classes.expected[i] = q[i] * static_cast<double>(classes.counts.size());
    for (std::size_t j = 0; j < n; ++j) {
      classes.covariance[i * n + j] = half[i * n + j] - sums[i] * q[j];
    }
  }
}

Measured fit_of(Classes classes, std::span<const char* const> labels) {
  Measured out;
  out.units = static_cast<std::int64_t>(classes.counts.size());
  if (out.units == 0) return out;
  condition_on_total(classes);
  std::vector<double> differences;
  double excess = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    differences.push_back(classes.seen[i] - classes.expected[i]);
    excess += std::max(0.0, differences.back());
    const double variance = classes.covariance[i * labels.size() + i];
    out.bars.push_back(
        {labels[i], classes.seen[i], classes.expected[i], std::sqrt(std::max(0.0, variance))});
  }
  const Quadratic fit = quadratic_form(differences, classes.covariance);
  out.statistic = fit.value;
  out.expected = fit.degrees;
  out.p = chi_square_tail(fit.value, fit.degrees);
  out.effect_votes = votes_in_largest(classes.counts, excess);
  return out;
}

constexpr std::array<const char*, 10> kDigits{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
constexpr std::array<const char*, 3> kPairs{"00", "01", "02"};

// The innocent model of second digits, given that the count is 10 or more.
void second_digits_at(const Distribution& draw, std::array<double, 10>& p) {
  p.fill(0);
  double sum = 0;
  for (std::size_t i = 0; i < draw.p.size(); ++i) {
    const std::int64_t count = draw.first + static_cast<std::int64_t>(i);
    if (count < 10) continue;
    p[second_digit(count)] += draw.p[i];
    sum += draw.p[i];
  }
  for (double& each : p) each = sum > 0 ? each / sum : 0.1;
}

// Expected value of Pearson's statistic against the law for independent stations that do not
// follow it: sum over d of ((E_d - N q_d)^2 + sum of p (1 - p)) / (N q_d).
double expected_fit(const std::array<double, 10>& expected, const std::array<double, 10>& variance,
                    double n) {
  const std::array<double, 10> law = second_digit_law();
  double sum = 0;
  for (std::size_t d = 0; d < 10; ++d) {
    const double off = expected[d] - n * law[d];
    sum += (off * off + variance[d]) / (n * law[d]);
  }
  return sum;
}

}  // namespace

std::array<double, 10> second_digit_law() {
  std::array<double, 10> law{};
  for (int d = 0; d < 10; ++d) {
    double sum = 0;
    for (int k = 1; k <= 9; ++k) sum += ln(1 + 1.0 / (10 * k + d));
    law[static_cast<std::size_t>(d)] = sum / ln(10);
  }
  return law;
}

SecondDigitFit fit_second_digits(const std::array<std::int64_t, 10>& counted) {
  const std::array<double, 10> law = second_digit_law();
  std::int64_t n = 0;
  for (const std::int64_t count : counted) n += count;
  SecondDigitFit fit;
  for (std::size_t d = 0; d < 10; ++d) {
    const double expected = static_cast<double>(n) * law[d];
    const double off = static_cast<double>(counted[d]) - expected;
    fit.statistic += off * off / expected;
  }
  fit.p = chi_square_tail(fit.statistic, 9);
  if (fit.p > 0 && fit.p < 1 / kEuler) {
    fit.law_at_least = 1 / (1 + 1 / (-kEuler * fit.p * ln(fit.p)));
  }
  if (fit.p == 0) fit.law_at_least = 0;
  return fit;
}

Measured second_digits(const Stations& stations) {
  Measured out;
  std::array<std::int64_t, 10> seen{};
  std::array<double, 10> expected{}, variance{}, p{};
  Distribution draw;
  for (const std::span<const Station> place : groups(stations, &Station::neighbourhood)) {
    const Share share = share_of(place);
    for (const Station& station : place) {
      if (station.votes < 10) continue;
      ++out.units;
      ++seen[second_digit(station.votes)];
      binomial(station.valid, share.votes, share.valid, draw);
      second_digits_at(draw, p);
      for (std::size_t d = 0; d < 10; ++d) {
        expected[d] += p[d];
        variance[d] += p[d] * (1 - p[d]);
      }
    }
  }
  if (out.units == 0) return out;
  const SecondDigitFit fit = fit_second_digits(seen);
  out.statistic = fit.statistic;
  out.expected = expected_fit(expected, variance, static_cast<double>(out.units));
  out.p = fit.p;
  double sum = 0;
  for (std::size_t d = 0; d < 10; ++d) {
    sum += static_cast<double>(seen[d]) * static_cast<double>(d);
    out.bars.push_back(
        {kDigits[d], static_cast<double>(seen[d]), expected[d], std::sqrt(variance[d])});
  }
  out.more = {{"mean_digit", sum / static_cast<double>(out.units)},
              {"law_at_least", fit.law_at_least}};
  return out;
}

bool is_wide(const Station& station) {
  return is_wide_count(station.votes, station.valid);
}

Measured last_digits(const Stations& stations) {
  return fit_of(classes_of(stations, 10, last_digit), kDigits);
}

Measured last_pairs(const Stations& stations) {
  return fit_of(classes_of(stations, 3, last_pair), kPairs);
}

void round_counts(Stations& stations, Chance& chance) {
  for (Station& station : stations) {
    if (!is_wide(station) || !chance.happens(1, 10)) continue;
    station.votes -= station.votes % 10;
  }
}

void prefer_fives(Stations& stations, Chance& chance) {
  for (Station& station : stations) {
    if (station.votes < 10 || !chance.happens(1, 10)) continue;
    std::int64_t unit = 1;
    while (station.votes / unit >= 100) unit *= 10;
    const std::int64_t five = station.votes + (5 - station.votes / unit % 10) * unit;
    if (five <= station.valid) station.votes = five;
  }
}

void avoid_repeats(Stations& stations, Chance& chance) {
  for (Station& station : stations) {
    if (!is_wide(station) || last_pair(station.votes) != 0 || !chance.happens(1, 2)) continue;
    station.votes -= 1 + chance.below(3);
  }
}

}  // namespace scr::forensics
