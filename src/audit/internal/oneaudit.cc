// SPDX-License-Identifier: Apache-2.0
#include "audit/internal/oneaudit.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace scr::audit::internal {
namespace {

constexpr double kMostBet = 1.8;  // of 2, the most that a null mean of 1/2 allows

}  // namespace

OneAudit oneaudit_of(const Subject& subject, const Assertion& assertion) {
  OneAudit one;
  one.upper = upper_bound(assertion);
  one.margin = margin_of(assertion, subject.total);
  one.if_right = 1 / (2 - one.margin / one.upper);
  double spread = 0;  // mean of (value - 1/2)^2 over all ballots as reported
  const double all = static_cast<double>(subject.total.ballots);
  for (const Tallied& station : subject.reported) {
    if (station.ballots == 0) continue;
    const double recorded = mean_of(assertion, station);
    const auto votes = std::accumulate(station.votes.begin(), station.votes.end(), std::int64_t{0});
    const auto add = [&](double found, std::int64_t ballots) {
      const double off = one.value(recorded, found) - 0.5;
      spread += off * off * static_cast<double>(ballots) / all;
    };
    for (std::size_t o = 0; o < station.votes.size(); ++o)
      add(assort(assertion, o), station.votes[o]);
    add(assort(assertion, std::nullopt), station.ballots - votes);
  }
  one.bet.lambda = spread > 0 ? std::clamp((one.if_right - 0.5) / spread, 0.0, kMostBet) : kMostBet;
  return one;
}

}  // namespace scr::audit::internal
