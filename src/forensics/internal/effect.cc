// SPDX-License-Identifier: Apache-2.0
#include "forensics/internal/effect.h"

namespace scr::forensics {

std::vector<Standardised> standardised_shares(const Stations& stations) {
  std::vector<Standardised> out(stations.size());
  std::size_t begin = 0;
  for (const std::span<const Station> place : groups(stations, &Station::neighbourhood)) {
    const auto share = [&](std::size_t i) {
      return static_cast<double>(place[i].votes) / static_cast<double>(place[i].valid);
    };
    const auto n = static_cast<double>(place.size());
    double mean = 0;
    for (std::size_t i = 0; i < place.size(); ++i) mean += share(i) / n;
    double squares = 0;
    for (std::size_t i = 0; i < place.size(); ++i) {
      squares += (share(i) - mean) * (share(i) - mean);
    }
    const double deviation = std::sqrt(squares / n);
    if (place.size() >= 3 && deviation > 1e-9) {
      for (std::size_t i = 0; i < place.size(); ++i) {
        out[begin + i] = {(share(i) - mean) / deviation, true};
      }
    }
    begin += place.size();
  }
  return out;
}

// Of n values that sum to 0 and whose squares sum to n, m drawn without replacement have a sum of
// mean 0 and variance m (n - m) / (n - 1).
MarkedMean mean_of_marked(const Stations& stations, const std::vector<bool>& marked) {
  const std::vector<Standardised> shares = standardised_shares(stations);
  struct Sum {
    double stations = 0, shares = 0;
  };
  std::vector<Sum> sums;
  MarkedMean out;
  double variance = 0;
  std::size_t begin = 0;
  for (const std::span<const Station> place : groups(stations, &Station::neighbourhood)) {
    const auto n = static_cast<double>(place.size());
    double m = 0;
    double sum = 0;
    for (std::size_t i = begin; i < begin + place.size(); ++i) {
      if (!marked[i]) continue;
      m += 1;
      sum += shares[i].z;
    }
    begin += place.size();
    if (!shares[begin - 1].placed || m == 0 || m == n) continue;
    out.stations += static_cast<std::int64_t>(m);
    out.mean += sum;
    variance += m * (n - m) / (n - 1);
    sums.push_back({m, sum});
  }
  if (out.stations == 0) return out;
  out.mean /= static_cast<double>(out.stations);
  double seen = 0;
  for (const Sum& each : sums) {
    const double off = each.shares - each.stations * out.mean;
    seen += off * off;
  }
  out.spread = std::sqrt(std::max(variance, seen)) / static_cast<double>(out.stations);
  return out;
}

}  // namespace scr::forensics
