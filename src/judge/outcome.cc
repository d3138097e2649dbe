// SPDX-License-Identifier: Apache-2.0
//
// Every quantity is a whole number once it is multiplied by the cap's denominator q: with c = p/q,
//
//   q * worst(l) = q * (w - l) - p * missing
//
// and a sheet that is discredited takes from it   score = q * (w_s - l_s) + p * r_s,
// its lead and, as its r_s electors then count as missing, what they could have voted. Scores add
// up, so taking the largest first opens the outcome with the fewest sheets.
#include "judge/outcome.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "base/check.h"
#include "base/int128.h"

namespace scr::judge {
namespace {

using review::StationReturn;

constexpr std::int64_t kMaxDenominator = 1'000'000;

std::int64_t electors_of(const StationReturn& r) {
  return r.registered ? r.registered->count() : review::cast(r);
}

struct Count {
  std::vector<std::int64_t> votes;
  std::int64_t valid = 0;
  std::int64_t covered = 0;
};

Count count_of(std::size_t options, std::span<const StationReturn> returns) {
  Count count;
  count.votes.resize(options);
  for (const StationReturn& r : returns) {
    for (std::size_t i = 0; i < options; ++i) count.votes[i] += r.votes[i].count();
    count.valid += r.valid.count();
    count.covered += electors_of(r);
  }
  return count;
}

// A fraction of 128-bit integers, if it fits 64 bits in lowest terms; sums of votes always do.
Fraction fraction_of(Int128 numerator, std::int64_t denominator) {
  const Int128 rest = numerator % denominator;
  const std::int64_t common =
      std::gcd(static_cast<std::int64_t>(rest < 0 ? -rest : rest), denominator);
  numerator /= common;
  constexpr Int128 kMax = std::numeric_limits<std::int64_t>::max();
  SCR_CHECK(numerator <= kMax && numerator >= -kMax);
  return *Fraction::of(static_cast<std::int64_t>(numerator), denominator / common);
}

// Scores of all sheets against one rival, largest first.
std::vector<Int128> scores_against(std::size_t leader, std::size_t rival, const Fraction& cap,
                                   std::span<const StationReturn> returns) {
  std::vector<Int128> scores;
  scores.reserve(returns.size());
  for (const StationReturn& r : returns) {
    const std::int64_t lead = r.votes[leader].count() - r.votes[rival].count();
    scores.push_back(Int128{cap.denominator()} * lead + Int128{cap.numerator()} * electors_of(r));
  }
  std::sort(scores.begin(), scores.end(), std::greater<>());
  return scores;
}

Int128 scaled_margin(const Count& count, std::size_t leader, std::size_t rival, const Fraction& cap,
                     std::int64_t missing) {
  return Int128{cap.denominator()} * (count.votes[leader] - count.votes[rival]) -
         Int128{cap.numerator()} * missing;
}

// Fewest sheets against one rival; nothing if even all of them leave the leader ahead, which cannot
// be while anybody is registered.
std::optional<std::int64_t> sheets_to_open(Int128 margin, const std::vector<Int128>& scores) {
  std::int64_t sheets = 0;
  for (const Int128 score : scores) {
    if (margin <= 0) return sheets;
    if (score <= 0) return std::nullopt;
    margin -= score;
    ++sheets;
  }
  return margin <= 0 ? std::optional(sheets) : std::nullopt;
}

UnderCap under_cap(const Count& count, std::size_t leader, const Fraction& cap,
                   std::int64_t missing, std::span<const StationReturn> returns) {
  UnderCap result;
  result.cap = cap;
  std::optional<Int128> worst;
  for (std::size_t rival = 0; rival < count.votes.size(); ++rival) {
    if (rival == leader) continue;
    const Int128 margin = scaled_margin(count, leader, rival, cap, missing);
    if (!worst || margin < *worst) worst = margin;
  }
  result.worst_case_margin = fraction_of(*worst, cap.denominator());
  result.decided = *worst > 0;
  if (!result.decided) return result;
  for (std::size_t rival = 0; rival < count.votes.size(); ++rival) {
    if (rival == leader) continue;
    const Int128 margin = scaled_margin(count, leader, rival, cap, missing);
    const auto sheets = sheets_to_open(margin, scores_against(leader, rival, cap, returns));
    if (sheets && (!result.sheets || *sheets < *result.sheets)) result.sheets = sheets;
  }
  return result;
}

Result<void> check_premises(const Premises& premises) {
  if (premises.turnout_caps.empty()) return fail(ErrorCode::bad_input, "no turnout cap is given");
  for (const Fraction& cap : premises.turnout_caps) {
    if (cap <= Fraction(0) || cap > Fraction(1) || cap.denominator() > kMaxDenominator) {
      return fail(ErrorCode::bad_input,
                  "a turnout cap is a share above 0 and at most 1 with a denominator of at most a "
                  "million",
                  cap.text());
    }
  }
  return {};
}

std::vector<ShareBounds> shares_of(const election::Definition& definition, const Count& count,
                                   std::int64_t missing) {
  std::vector<ShareBounds> shares;
  const std::int64_t all = count.valid + missing;
  for (std::size_t i = 0; all > 0 && i < count.votes.size(); ++i) {
    shares.push_back({.option = definition.options[i].id,
                      .votes = *election::Votes::from(count.votes[i]),
                      .least = *Fraction::of(count.votes[i], all),
                      .most = *Fraction::of(count.votes[i] + missing, all)});
  }
  return shares;
}

// Positions of the two with most votes; the earlier in the definition where they are equal.
std::pair<std::size_t, std::size_t> first_two(const std::vector<std::int64_t>& votes) {
  std::vector<std::size_t> order(votes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return votes[a] > votes[b]; });
  return {order[0], order[1]};
}

std::int64_t missing_of(const Premises& premises, const Count& count) {
  return premises.electors.value.count() - count.covered;
}

}  // namespace

Result<Outcome> judge_outcome(const election::Definition& definition,
                              std::span<const StationReturn> returns, const Premises& premises) {
  SCR_TRY_VOID(check_premises(premises));
  const Count count = count_of(definition.options.size(), returns);
  const std::int64_t missing = missing_of(premises, count);
  if (missing < 0) {
    return fail(ErrorCode::conflict,
                "the returns hold " + std::to_string(count.covered) +
                    " electors, more than the total of " +
                    std::to_string(premises.electors.value.count()) +
                    " that was chosen: that total is wrong, or a return is",
                "electors");
  }
  Outcome outcome;
  outcome.stations_counted = static_cast<std::int64_t>(returns.size());
  outcome.registered_covered = count.covered;
  outcome.missing_registered = missing;
  if (premises.stations) {
    outcome.stations_missing =
        std::max<std::int64_t>(0, premises.stations->value.count() - outcome.stations_counted);
  }
  outcome.shares = shares_of(definition, count, missing);
  const auto [leader, runner_up] = first_two(count.votes);
  outcome.any_votes = count.votes[leader] > 0;
  for (const Fraction& cap : premises.turnout_caps) {
    outcome.under_caps.push_back(under_cap(count, leader, cap, missing, returns));
  }
  if (!outcome.any_votes) return outcome;
  outcome.leader = definition.options[leader].id;
  outcome.runner_up = definition.options[runner_up].id;
  outcome.margin = count.votes[leader] - count.votes[runner_up];
  outcome.tie = outcome.margin == 0;
  if (missing > 0) outcome.lead_needed = Fraction::of(outcome.margin, missing);
  return outcome;
}

std::vector<CurvePoint> breakdown_curve(const election::Definition& definition,
                                        std::span<const StationReturn> returns,
                                        const Premises& premises, const Fraction& cap,
                                        std::size_t points) {
  const Count count = count_of(definition.options.size(), returns);
  const std::int64_t missing = missing_of(premises, count);
  const std::size_t leader = first_two(count.votes).first;
  // The smallest margin over the rivals after each number of sheets.
  std::vector<Int128> worst(returns.size() + 1, std::numeric_limits<std::int64_t>::max());
  for (Int128& margin : worst) margin *= kMaxDenominator;
  for (std::size_t rival = 0; rival < count.votes.size(); ++rival) {
    if (rival == leader) continue;
    Int128 margin = scaled_margin(count, leader, rival, cap, missing);
    std::size_t sheets = 0;
    worst[0] = std::min(worst[0], margin);
    for (const Int128 score : scores_against(leader, rival, cap, returns)) {
      margin -= std::max<Int128>(score, 0);
      ++sheets;
      worst[sheets] = std::min(worst[sheets], margin);
    }
  }
  const auto open = std::find_if(worst.begin(), worst.end(), [](Int128 m) { return m <= 0; });
  const auto open_at = static_cast<std::size_t>(open - worst.begin());
  const std::size_t last = std::min(returns.size(), std::max<std::size_t>(2 * open_at, 10));
  const std::size_t step = std::max<std::size_t>(1, last / std::max<std::size_t>(1, points - 1));
  std::vector<CurvePoint> curve;
  for (std::size_t sheets = 0; sheets <= last; ++sheets) {
    if (sheets % step != 0 && sheets != open_at && sheets != last) continue;
    curve.push_back(
        {static_cast<std::int64_t>(sheets), fraction_of(worst[sheets], cap.denominator())});
  }
  return curve;
}

}  // namespace scr::judge
