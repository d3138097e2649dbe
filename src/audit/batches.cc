// SPDX-License-Identifier: Apache-2.0
#include "audit/batches.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "audit/numeric.h"
#include "base/check.h"
#include "base/elementary.h"
#include "base/int128.h"

namespace scr::audit {
namespace {

std::int64_t lead(const BatchTally& tally, std::size_t winner, std::size_t loser) {
  return tally.votes[winner] - tally.votes[loser];
}

constexpr int kBoundBits = 50;
constexpr double kPart = 0x1p-50;
constexpr Int128 kMostParts = Int128(4000) << kBoundBits;

tl::unexpected<Error> too_close() {
  return fail(ErrorCode::unsupported,
              "the reported lead is so small that an audit would look at everything many times; "
              "count everything");
}

}  // namespace

Result<Batches> Batches::make(std::vector<ContestBatches> contests, std::int64_t unaudited) {
  Batches made;
  const std::size_t count = contests.empty() ? 0 : contests.front().batches.size();
  if (count == 0) return fail(ErrorCode::bad_input, "there is no batch to audit");
  for (std::size_t c = 0; c < contests.size(); ++c) {
    if (contests[c].batches.size() != count) {
      return fail(ErrorCode::bad_input, "contests have different numbers of batches");
    }
    for (const Assertion& assertion : contests[c].assertions) {
      if (!assertion.loser) {
        return fail(ErrorCode::unsupported,
                    "a majority is not audited by batches; draw ballots instead");
      }
      std::int64_t margin = -unaudited;
      for (const BatchTally& batch : contests[c].batches)
        margin += lead(batch, assertion.winner, *assertion.loser);
      if (margin <= 0) {
        return fail(ErrorCode::conflict,
                    "the reported lead is no larger than the ballots that nobody can audit: no "
                    "sample can confirm it");
      }
      made.pairs_.push_back({c, assertion.winner, *assertion.loser, margin});
    }
  }
  made.contests_ = std::move(contests);
  Int128 sum = 0;
  for (std::size_t p = 0; p < count; ++p) {
    std::int64_t most = 0;
    for (const Pair& pair : made.pairs_) {
      const BatchTally& batch = made.contests_[pair.contest].batches[p];
      const Int128 error = Int128(lead(batch, pair.winner, pair.loser)) + batch.ballots;
      const Int128 parts = ((error << kBoundBits) + pair.margin - 1) / pair.margin;
      if (parts > kMostParts) return too_close();
      most = std::max(most, static_cast<std::int64_t>(parts));
    }
    made.weights_.push_back(most);
    made.bounds_.push_back(static_cast<double>(most) * kPart);
    sum += most;
  }
  if (sum > kMostParts) return too_close();
  made.total_ = static_cast<double>(static_cast<std::int64_t>(sum)) * kPart;
  return made;
}

double Batches::taint(std::size_t batch, std::span<const BatchTally> found) const {
  SCR_CHECK(found.size() == contests_.size() && batch < bounds_.size());
  double worst = -std::numeric_limits<double>::infinity();
  for (const Pair& pair : pairs_) {
    const BatchTally& reported = contests_[pair.contest].batches[batch];
    const auto error = lead(reported, pair.winner, pair.loser) -
                       lead(found[pair.contest], pair.winner, pair.loser);
    worst = std::max(worst, static_cast<double>(error) / static_cast<double>(pair.margin));
  }
  if (bounds_[batch] > 0) return worst / bounds_[batch];
  return worst > 0 ? 1 : 0;  // a batch that can hold no error
}

double kaplan_markov_p(double total_bound, std::span<const double> taints) {
  double p = 1;
  for (double taint : taints) {
    if (taint >= 1) return 1;
    p *= (1 - 1 / total_bound) / (1 - std::max(taint, 0.0));
  }
  return std::min(p, 1.0);
}

double kaplan_markov_sequential(double total_bound, std::span<const double> taints) {
  double p = 1;
  double least = 1;
  for (double taint : taints) {
    if (taint >= 1) break;
    p *= (1 - 1 / total_bound) / (1 - std::max(taint, 0.0));
    least = std::min(least, p);
  }
  return least;
}

std::int64_t kaplan_markov_size(double total_bound, double risk, double so_far, bool and_one) {
  if (so_far <= risk) return 0;
  if (total_bound <= 1) return 1;
  const double size = ln(risk / so_far) / ln(1 - 1 / total_bound);
  return static_cast<std::int64_t>(std::ceil(size - 1e-9)) + (and_one ? 1 : 0);
}

}  // namespace scr::audit
