// SPDX-License-Identifier: Apache-2.0
#include "forensics/fingerprint.h"

#include <algorithm>
#include <cmath>

#include "base/elementary.h"
#include "forensics/internal/effect.h"

namespace scr::forensics {
namespace {

std::size_t cell_of(double value) {  // 0 .. 1
  return static_cast<std::size_t>(
      std::clamp(std::floor(value * kGridSide), 0.0, static_cast<double>(kGridSide - 1)));
}

void mark(Grid& grid, double turnout, double share) {
  ++grid.stations[cell_of(share) * kGridSide + cell_of(turnout)];
}

Grid empty_grid(const char* name) {
  return {name, std::vector<std::int64_t>(kGridSide * kGridSide)};
}

// Third and fourth standardised moments.
void add_moments(const std::vector<double>& values, Measured& out) {
  const auto n = static_cast<double>(values.size());
  double mean = 0, second = 0, third = 0, fourth = 0;
  for (const double value : values) mean += value / n;
  for (const double value : values) {
    const double off = value - mean;
    second += off * off / n;
    third += off * off * off / n;
    fourth += off * off * off * off / n;
  }
  if (!(second > 0)) return;
  out.more["skewness"] = third / (second * std::sqrt(second));
  out.more["kurtosis"] = fourth / (second * second);
}

}  // namespace

Stuffed stuffed(double electors, double a, double v, double x, double alpha) {
  const double changed = power(x, alpha) * (1 - v) * a;
  return {electors * (a * v + x * (1 - a) + changed), 1 - (1 - x) * (1 - a)};
}

Measured fingerprint(const Stations& all) {
  Stations stations;
  for (const Station& station : all) {
    if (station.electors > 0 && station.cast <= station.electors) stations.push_back(station);
  }
  Measured out;
  Grid counted = empty_grid("as-counted"), standard = empty_grid("standardised");
  const std::vector<Standardised> shares = standardised_shares(stations);
  const std::vector<Standardised> turnouts = standardised_shares(turnout_of(stations));
  std::vector<double> rates;
  double products = 0;
  for (std::size_t i = 0; i < stations.size(); ++i) {
    const Station& s = stations[i];
    mark(counted, static_cast<double>(s.cast) / static_cast<double>(s.electors),
         static_cast<double>(s.votes) / static_cast<double>(s.valid));
    if (s.votes > 0 && s.votes < s.electors) {
      rates.push_back(ln(static_cast<double>(s.electors - s.votes) / static_cast<double>(s.votes)));
    }
    if (!shares[i].placed || !turnouts[i].placed) continue;
    mark(standard, (turnouts[i].z + 3) / 6, (shares[i].z + 3) / 6);
    products += shares[i].z * turnouts[i].z;
    ++out.units;
  }
  if (out.units > 0) out.statistic = products / static_cast<double>(out.units);
  if (!rates.empty()) add_moments(rates, out);
  out.grids = {std::move(counted), std::move(standard)};
  return out;
}

void stuff(Stations& stations, Chance& chance) {
  for (Station& station : stations) {
    if (station.electors == 0 || station.cast >= station.electors || !chance.happens(1, 10))
      continue;
    const double a = static_cast<double>(station.cast) / static_cast<double>(station.electors);
    const double v = static_cast<double>(station.votes) / static_cast<double>(station.valid);
    const double x = static_cast<double>(chance.below(5001)) / 10000;
    const auto electors = static_cast<double>(station.electors);
    const Stuffed now = stuffed(electors, a, v, x, 1.5);
    const std::int64_t spoilt = station.cast - station.valid;
    station.cast = static_cast<std::int64_t>(std::floor(electors * now.turnout + 0.5));
    station.valid = std::max<std::int64_t>(station.cast - spoilt, 1);
    station.votes = std::min(station.valid, static_cast<std::int64_t>(std::floor(now.votes + 0.5)));
  }
}

}  // namespace scr::forensics
