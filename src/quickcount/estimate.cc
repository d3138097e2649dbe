// SPDX-License-Identifier: Apache-2.0
#include "quickcount/estimate.h"

#include <algorithm>
#include <cmath>

#include "audit/martingale.h"

namespace scr::quickcount {
namespace {

constexpr double kZ95 = 1.959963984540054;

struct Residuals {
  double stations = 0;
  std::vector<double> e;
};

// sum over strata of N^2 (1 - n/N) s^2 / n, those with one residual put together with a neighbour.
double variance_of(std::vector<Residuals> strata, std::int64_t& collapsed) {
  std::vector<Residuals> merged;
  bool waiting = false;  // the last one still has a single residual
  for (Residuals& one : strata) {
    if (waiting) {
      merged.back().stations += one.stations;
      merged.back().e.insert(merged.back().e.end(), one.e.begin(), one.e.end());
    } else {
      merged.push_back(std::move(one));
    }
    const auto n = static_cast<double>(merged.back().e.size());
    waiting = n < 2 && merged.back().stations > n;
    if (waiting) ++collapsed;
  }
  if (waiting && merged.size() > 1) {
    Residuals last = std::move(merged.back());
    merged.pop_back();
    merged.back().stations += last.stations;
    merged.back().e.insert(merged.back().e.end(), last.e.begin(), last.e.end());
  }
  double variance = 0;
  for (const Residuals& one : merged) {
    const auto n = static_cast<double>(one.e.size());
    if (n < 2) continue;  // a whole stratum of one station: nothing is uncertain of it
    double mean = 0;
    for (double e : one.e) mean += e / n;
    double squares = 0;
    for (double e : one.e) squares += (e - mean) * (e - mean);
    variance += one.stations * (one.stations - n) * squares / (n - 1) / n;
  }
  return variance;
}

Estimate estimate_of(double share, double variance, std::int64_t collapsed) {
  Estimate estimate{.share = share, .standard_error = std::sqrt(variance), .collapsed = collapsed};
  estimate.low = std::max(0.0, share - kZ95 * estimate.standard_error);
  estimate.high = std::min(1.0, share + kZ95 * estimate.standard_error);
  return estimate;
}

bool enough(std::span<const SampledStratum> strata) {
  std::size_t all = 0;
  for (const SampledStratum& stratum : strata) {
    if (stratum.stations > 0 && stratum.sample.empty()) return false;
    all += stratum.sample.size();
  }
  return all >= 2;
}

struct Sums {
  double votes = 0;
  double valid = 0;
  double registered = 0;
};

Sums sums_of(const SampledStratum& stratum) {
  Sums sums;
  for (const Counted& one : stratum.sample) {
    sums.votes += one.votes;
    sums.valid += one.valid;
    sums.registered += one.registered;
  }
  return sums;
}

}  // namespace

std::optional<Estimate> combined_ratio(std::span<const SampledStratum> strata) {
  if (!enough(strata)) return std::nullopt;
  double votes = 0;
  double valid = 0;
  for (const SampledStratum& stratum : strata) {
    if (stratum.stations == 0) continue;
    const Sums sums = sums_of(stratum);
    const double expand =
        static_cast<double>(stratum.stations) / static_cast<double>(stratum.sample.size());
    votes += expand * sums.votes;
    valid += expand * sums.valid;
  }
  if (valid <= 0) return std::nullopt;
  const double share = votes / valid;
  std::vector<Residuals> residuals;
  for (const SampledStratum& stratum : strata) {
    if (stratum.stations == 0) continue;
    residuals.push_back({static_cast<double>(stratum.stations), {}});
    for (const Counted& one : stratum.sample)
      residuals.back().e.push_back(one.votes - share * one.valid);
  }
  std::int64_t collapsed = 0;
  const double variance = variance_of(std::move(residuals), collapsed) / (valid * valid);
  return estimate_of(share, variance, collapsed);
}

std::optional<Estimate> separate_ratio(std::span<const SampledStratum> strata) {
  if (!enough(strata)) return std::nullopt;
  double votes = 0;
  double valid = 0;
  for (const SampledStratum& stratum : strata) {
    if (stratum.stations == 0) continue;
    const Sums sums = sums_of(stratum);
    if (sums.registered <= 0) return std::nullopt;
    votes += stratum.registered * sums.votes / sums.registered;
    valid += stratum.registered * sums.valid / sums.registered;
  }
  if (valid <= 0) return std::nullopt;
  const double share = votes / valid;
  std::vector<Residuals> residuals;
  for (const SampledStratum& stratum : strata) {
    if (stratum.stations == 0) continue;
    const Sums sums = sums_of(stratum);
    const double slope = (sums.votes - share * sums.valid) / sums.registered;
    residuals.push_back({static_cast<double>(stratum.stations), {}});
    for (const Counted& one : stratum.sample)
      residuals.back().e.push_back(one.votes - share * one.valid - slope * one.registered);
  }
  std::int64_t collapsed = 0;
  const double variance = variance_of(std::move(residuals), collapsed) / (valid * valid);
  return estimate_of(share, variance, collapsed);
}

Limits confidence_sequence(std::span<const Counted> in_order, std::int64_t stations, double most,
                           double confidence) {
  const double risk = (1 - confidence) / 2;
  // Rejects "the share is at most p" (or at least p, turned round) at some time so far.
  const auto rejects = [&](double p, double sign) {
    audit::Martingale test(audit::KellyMixture{}, {.population = stations});
    // votes - p valid lies between -p most and (1 - p) most.
    const double range = 2 * most * std::max(p, 1 - p);
    for (const Counted& one : in_order)
      test.take(std::clamp(0.5 + sign * (one.votes - p * one.valid) / range, 0.0, 1.0));
    return test.p_value() <= risk;
  };
  const auto limit = [&](double sign) {
    double rejected = sign > 0 ? 0 : 1;
    double kept = sign > 0 ? 1 : 0;
    if (!rejects(rejected, sign)) return rejected;
    for (int i = 0; i < 40; ++i) {
      const double middle = (rejected + kept) / 2;
      (rejects(middle, sign) ? rejected : kept) = middle;
    }
    return rejected;
  };
  return {limit(1), limit(-1)};
}

}  // namespace scr::quickcount
