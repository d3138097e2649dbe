// SPDX-License-Identifier: Apache-2.0
#include "judge/internal/percentages.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/int128.h"
#include "judge/internal/claimed_figures.h"

namespace scr::judge {
namespace {

// More than so many candidates for one count are not gone through one by one.
constexpr std::int64_t kMostCandidates = 50'000'000;

Int128 scaled(const Fraction& fraction, std::int64_t total) {
  return Int128{fraction.numerator()} * total;
}

Int128 below(const Fraction& fraction, std::int64_t divisor) {
  return Int128{fraction.denominator()} * divisor;
}

// One group of the announcement, with its share.
struct Share {
  std::string label;
  std::int64_t count = 0;
  Fraction percent;
  Fraction half_a_unit;
  std::int64_t low = 0;  // counts that round to `percent`
  std::int64_t high = 0;
};

// The groups with percentage and count, and what is left over as a last one; nothing (with the
// reason) if the announcement is not of that kind.
std::optional<std::vector<Share>> shares_of(const election::Definition& definition,
                                            const entry::Claim& claim, std::string& reason) {
  if (!claim.valid || claim.percent.empty()) {
    reason = "no-percentages";
    return std::nullopt;
  }
  std::vector<Share> shares;
  Fraction rest(100);
  Fraction finest(0);
  std::int64_t rest_count = claim.valid->count();
  std::size_t options = 0;
  for (const auto& percent : claim.percent) {
    const auto votes = votes_under(claim, percent.label);
    const auto left = subtract(rest, percent.value.value());
    if (!votes || !left) {
      reason = "no-count-claimed";
      return std::nullopt;
    }
    shares.push_back({percent.label, *votes, percent.value.value(), percent.value.half_a_unit()});
    rest = *left;
    rest_count -= *votes;
    finest = std::max(finest, percent.value.half_a_unit());
    options += percent.options.size();
  }
  if (options < definition.options.size()) shares.push_back({"rest", rest_count, rest, finest});
  if (options == definition.options.size() && rest != Fraction(0)) reason = "percentages-not-100";
  if (rest < Fraction(0) || rest_count < 0) reason = "percentages-not-100";
  if (shares.size() < 2 || shares.size() > 3) reason = "too-many-groups";
  if (!reason.empty()) return std::nullopt;
  for (Share& share : shares) {
    const auto low = subtract(share.percent, share.half_a_unit);
    const auto high = add(share.percent, share.half_a_unit);
    share.low = ceil_of(std::max(*low, Fraction(0)), claim.valid->count(), 100);
    share.high = floor_of(std::min(*high, Fraction(100)), claim.valid->count(), 100);
  }
  return shares;
}

// Ways to split `total` into counts within these ranges.
std::int64_t splits(const std::vector<Share>& shares, std::int64_t total) {
  const Share& first = shares.front();
  const Share& last = shares.back();
  std::int64_t ways = 0;
  for (std::int64_t a = first.low; a <= first.high; ++a) {
    if (shares.size() == 2) {
      ways += total - a >= last.low && total - a <= last.high ? 1 : 0;
      continue;
    }
    const std::int64_t least = std::max(shares[1].low, total - a - last.high);
    const std::int64_t most = std::min(shares[1].high, total - a - last.low);
    ways += std::max<std::int64_t>(0, most - least + 1);
  }
  return ways;
}

// Twice (count - percent of total), times the percentage's denominator and 100: exact.
Int128 twice_offset(const Share& share, std::int64_t total) {
  return 2 * (Int128{share.count} * below(share.percent, 100) - scaled(share.percent, total));
}

bool is_nearest_integer(const Share& share, std::int64_t total) {
  const Int128 offset = twice_offset(share, total);
  const Int128 unit = below(share.percent, 100);
  return offset <= unit && offset >= -unit;
}

std::int64_t rounded_offset(const Share& share, std::int64_t total) {
  const Int128 unit = below(share.percent, 100);
  const Int128 offset = twice_offset(share, total);
  const Int128 magnitude = ((offset < 0 ? -offset : offset) + unit) / (2 * unit);
  return static_cast<std::int64_t>(magnitude);
}

}  // namespace

std::pair<Fraction, Fraction> range_of(const entry::Announced& percent) {
  const auto low = subtract(percent.value(), percent.half_a_unit());
  const auto high = add(percent.value(), percent.half_a_unit());
  SCR_CHECK(low && high);
  return {std::max(*low, Fraction(0)), std::min(*high, Fraction(100))};
}

bool is_rounding_of(const entry::Announced& percent, const Fraction& exact) {
  const auto [low, high] = range_of(percent);
  return exact >= low && exact <= high;
}

std::int64_t ceil_of(const Fraction& fraction, std::int64_t total, std::int64_t divisor) {
  const Int128 unit = below(fraction, divisor);
  return static_cast<std::int64_t>((scaled(fraction, total) + unit - 1) / unit);
}

std::int64_t floor_of(const Fraction& fraction, std::int64_t total, std::int64_t divisor) {
  return static_cast<std::int64_t>(scaled(fraction, total) / below(fraction, divisor));
}

Check check_turnout(const election::Definition& definition, const entry::Claim& claim,
                    const Premises& premises) {
  Check check;
  check.code = CheckCode::turnout;
  std::optional<std::int64_t> cast;
  if (claim.cast) cast = claim.cast->count();
  if (!cast && claim.valid && claim.null) cast = claim.valid->count() + claim.null->count();
  if (!cast || !claim.turnout_percent) {
    check.reason = "no-turnout-claimed";
    return check;
  }
  // No premise of ours: the totals that give it are named one by one.
  check.claimed = claim.turnout_percent->value();
  std::vector<election::Total> totals = definition.electors.known;
  totals.push_back(premises.electors);
  // A share f of the roll was counted: cast = turnout * f * roll. f is 1, or what the claim says of
  // the tables, which is itself rounded.
  std::vector<std::pair<std::string, std::pair<Fraction, Fraction>>> parts{
      {"", {Fraction(100), Fraction(100)}}};
  if (claim.tables_percent) {
    parts.push_back({" x " + claim.tables_percent->text + " %", range_of(*claim.tables_percent)});
  }
  const auto [low, high] = range_of(*claim.turnout_percent);
  std::string fits;
  for (const election::Total& total : totals) {
    for (const auto& [name, part] : parts) {
      const std::int64_t roll = total.value.count();
      // cast within [low * part.low, high * part.high] of the roll, in units of 1/10000.
      const auto least = multiply(low, part.first);
      const auto most = multiply(high, part.second);
      if (!least || !most) continue;
      const bool fit =
          ceil_of(*least, roll, 10'000) <= *cast && *cast <= floor_of(*most, roll, 10'000);
      const std::string denominator = total.id.value() + name;
      if (fit && fits.find(denominator) == std::string::npos) {
        fits += (fits.empty() ? "" : ", ") + denominator;
      }
    }
  }
  check.status = fits.empty() ? Status::contradicted : Status::consistent;
  check.details["fits"] = fits;
  check.details["cast"] = std::to_string(*cast);
  if (premises.electors.value.count() > 0) {
    check.bound = Fraction::of(*cast * 100, premises.electors.value.count());
  }
  return check;
}

Check check_derived_from_percent(const election::Definition& definition,
                                 const entry::Claim& claim) {
  Check check;
  check.code = CheckCode::derived_from_percent;
  const auto shares = shares_of(definition, claim, check.reason);
  if (!shares) return check;
  const std::int64_t total = claim.valid->count();
  if (shares->front().high - shares->front().low > kMostCandidates) {
    check.reason = "too-coarse";
    return check;
  }
  check.assumptions = {Assumption::counts_not_from_percent};
  check.status = Status::consistent;
  bool exact = true;
  std::int64_t sum = 0;
  std::int64_t largest = 0;
  for (const Share& share : *shares) {
    exact = exact && is_nearest_integer(share, total);
    sum += share.count;
    largest = std::max(largest, rounded_offset(share, total));
  }
  check.details["exact_match"] = exact && sum == total ? "yes" : "no";
  check.details["largest_offset"] = std::to_string(largest);
  check.details["compatible"] = std::to_string(splits(*shares, total));
  const Share& a = (*shares)[0];
  const Share& b = (*shares)[1];
  check.details["compatible_two_shares"] =
      to_string(Int128{a.high - a.low + 1} * (b.high - b.low + 1));
  check.details["caveats"] =
      "not-a-probability-of-fraud, pattern-chosen-after-the-fact, intermediary-could-explain";
  return check;
}

}  // namespace scr::judge
