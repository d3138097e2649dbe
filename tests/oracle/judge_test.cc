// SPDX-License-Identifier: Apache-2.0
// rooms: judge tally
//
// Bounds held against the stupid way: go through everything that could be true.

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "judge/claim_checks.h"
#include "judge/internal/overlap_bounds.h"
#include "judge/outcome.h"

namespace scr::judge {
namespace {

using election::Votes;
using review::StationReturn;

// Numerical Recipes' linear congruence: the same small elections on every machine.
class Lcg {
 public:
  std::int64_t below(std::int64_t n) {
    state_ = state_ * 1664525u + 1013904223u;
    return static_cast<std::int64_t>(state_ >> 8) % n;
  }

 private:
  std::uint32_t state_ = 20240728;
};

election::Definition definition_of(std::size_t options, std::int64_t electors,
                                   std::int64_t stations) {
  std::string toml =
      "id = \"o\"\ntitle = \"O\"\nlanguages = [\"en\"]\ncountry = { id = \"X\", name = \"X\" }\n";
  for (std::size_t i = 0; i < options; ++i) {
    const std::string id(1, static_cast<char>('A' + i));
    toml += "[[option]]\nid = \"" + id + "\"\nname = \"" + id + "\"\n";
  }
  toml += "[[electors]]\nid = \"roll\"\nvalue = " + std::to_string(electors) +
          "\nwhat = \"r\"\nsource = \"s\"\n";
  toml += "[[stations]]\nid = \"t\"\nvalue = " + std::to_string(stations) +
          "\nwhat = \"t\"\nsource = \"s\"\n";
  auto definition = election::parse_definition(toml);
  EXPECT_TRUE(definition) << to_string(definition.error());
  return *definition;
}

struct Small {
  std::vector<StationReturn> returns;
  std::int64_t electors = 0;
  std::int64_t missing = 0;
  std::size_t options = 2;
};

Small small_election(Lcg& dice) {
  Small small;
  small.options = 2 + static_cast<std::size_t>(dice.below(2));
  const std::int64_t sheets = 1 + dice.below(3);
  small.missing = dice.below(5);
  small.electors = small.missing;
  for (std::int64_t i = 0; i < sheets; ++i) {
    StationReturn r;
    r.station = election::StationId(std::to_string(i));
    std::int64_t cast = 0;
    for (std::size_t o = 0; o < small.options; ++o) {
      r.votes.push_back(*Votes::from(dice.below(5)));
      cast += r.votes.back().count();
    }
    r.valid = *Votes::from(cast);
    r.registered = *Votes::from(cast + dice.below(3));
    small.electors += r.registered->count();
    small.returns.push_back(r);
  }
  return small;
}

// Every way in which `missing` electors can vote or not: votes of each option.
void each_completion(std::size_t options, std::int64_t missing, std::vector<std::int64_t>& votes,
                     const std::function<void()>& call) {
  if (options == 0) return call();
  for (std::int64_t n = 0; n <= missing; ++n) {
    votes.push_back(n);
    each_completion(options - 1, missing - n, votes, call);
    votes.pop_back();
  }
}

std::vector<std::int64_t> sums_of(const Small& small, unsigned without = 0) {
  std::vector<std::int64_t> sums(small.options, 0);
  for (std::size_t i = 0; i < small.returns.size(); ++i) {
    if ((without >> i & 1u) != 0) continue;
    for (std::size_t o = 0; o < small.options; ++o) sums[o] += small.returns[i].votes[o].count();
  }
  return sums;
}

// Smallest lead of `leader` over anybody, over all completions with the sheets in `without`
// discredited.
std::int64_t worst_lead(const Small& small, std::size_t leader, unsigned without) {
  std::int64_t free_electors = small.missing;
  for (std::size_t i = 0; i < small.returns.size(); ++i) {
    if ((without >> i & 1u) != 0) free_electors += small.returns[i].registered->count();
  }
  const auto sums = sums_of(small, without);
  std::int64_t worst = 1'000'000;
  std::vector<std::int64_t> more;
  each_completion(small.options, free_electors, more, [&] {
    for (std::size_t o = 0; o < small.options; ++o) {
      if (o != leader) worst = std::min(worst, sums[leader] + more[leader] - sums[o] - more[o]);
    }
  });
  return worst;
}

TEST(Outcome, IsTheWorstOfAllElectionsThatFitTheSheets) {
  Lcg dice;
  for (int round = 0; round < 300; ++round) {
    const Small small = small_election(dice);
    const auto definition = definition_of(small.options, small.electors, 9);
    const Premises premises{
        definition.electors.chosen_total(), definition.stations.chosen_total(), {Fraction(1)}};
    const auto outcome = judge_outcome(definition, small.returns, premises);
    ASSERT_TRUE(outcome);
    if (!outcome->any_votes) continue;
    const std::size_t leader = *definition.option_position(outcome->leader);
    const UnderCap& under = outcome->without_assumption();
    EXPECT_EQ(under.worst_case_margin, Fraction(worst_lead(small, leader, 0)));
    std::optional<std::int64_t> fewest;
    for (unsigned without = 0; without < 1u << small.returns.size(); ++without) {
      if (worst_lead(small, leader, without) > 0) continue;
      const std::int64_t sheets = __builtin_popcount(without);
      if (!fewest || sheets < *fewest) fewest = sheets;
    }
    if (under.decided) {
      EXPECT_EQ(under.sheets, fewest);
    } else {
      EXPECT_EQ(fewest, 0);
      EXPECT_FALSE(under.sheets);
    }
    // Shares: reached, and never passed, by some completion.
    const auto sums = sums_of(small);
    for (std::size_t o = 0; o < outcome->shares.size(); ++o) {
      std::optional<Fraction> least, most;
      std::vector<std::int64_t> more;
      each_completion(small.options, small.missing, more, [&] {
        std::int64_t all = 0;
        for (std::size_t i = 0; i < small.options; ++i) all += sums[i] + more[i];
        const auto share = Fraction::of(sums[o] + more[o], all);
        if (!share) return;
        if (!least || *share < *least) least = share;
        if (!most || *share > *most) most = share;
      });
      EXPECT_EQ(outcome->shares[o].most, *most);
      EXPECT_EQ(outcome->shares[o].least, *least);
    }
  }
}

TEST(Overlap, IsTheExtremeOverEverySetOfSheets) {
  Lcg dice;
  for (int round = 0; round < 400; ++round) {
    const auto sheets = static_cast<std::size_t>(1 + dice.below(6));
    std::vector<std::int64_t> votes, valid;
    for (std::size_t i = 0; i < sheets; ++i) {
      valid.push_back(dice.below(12));
      votes.push_back(dice.below(valid.back() + 1));
    }
    const std::int64_t overlap = dice.below(static_cast<std::int64_t>(sheets) + 1);
    const std::int64_t missing = dice.below(6);
    const std::int64_t claimed = dice.below(20);
    std::int64_t least = 1'000'000;
    std::optional<Fraction> largest, smallest;
    for (unsigned set = 0; set < 1u << sheets; ++set) {
      if (__builtin_popcount(set) < overlap) continue;
      std::int64_t sum = 0, all = 0;
      for (std::size_t i = 0; i < sheets; ++i) {
        if ((set >> i & 1u) == 0) continue;
        sum += votes[i];
        all += valid[i];
      }
      if (__builtin_popcount(set) == overlap) least = std::min(least, sum);
      const auto high = Fraction::of(sum + missing, all + missing);
      const auto low = Fraction::of(sum, all + missing);
      if (high && (!largest || *high > *largest)) largest = high;
      if (low && (!smallest || *low < *smallest)) smallest = low;
    }
    const OverlapBound bound = overlap_bound(votes, overlap, claimed);
    EXPECT_EQ(bound.least, least);
    // Fewest false sheets: the smallest k for which some choice of o - k true ones fits the claim.
    std::int64_t k = 0;
    while (overlap_bound(votes, overlap - k, claimed).least > claimed) ++k;
    EXPECT_EQ(bound.sheets_false_at_least, k);
    const auto most = largest_share(votes, valid, overlap, missing);
    const auto fewest = smallest_share(votes, valid, overlap, missing);
    if (most) EXPECT_EQ(*most, *largest) << round;
    if (fewest) EXPECT_EQ(*fewest, *smallest) << round;
    if (largest && missing > 0) {
      EXPECT_TRUE(most);
      EXPECT_TRUE(fewest);
    }
  }
}

TEST(DerivedFromPercent, CountsWhatGoingThroughAllCountsGives) {
  const auto definition = definition_of(3, 2000, 9);
  for (const std::int64_t total : {100, 237, 999}) {
    for (const auto& [a, b, c] : {std::tuple("51", "44", "5"), std::tuple("51.2", "44.2", "4.6"),
                                  std::tuple("0", "99", "1")}) {
      const auto part = [&](const char* percent) {
        return static_cast<std::int64_t>(std::stod(percent) * static_cast<double>(total) / 100.0 +
                                         0.5);
      };
      entry::Claim claim;
      claim.valid = Votes::from(total);
      const std::int64_t counts[] = {part(a), part(b), total - part(a) - part(b)};
      const char* percents[] = {a, b, c};
      for (std::size_t i = 0; i < 3; ++i) {
        const auto& option = definition.options[i].id;
        if (counts[i] < 0) continue;
        claim.votes.push_back({option.value(), {option}, *Votes::from(counts[i])});
        claim.percent.push_back({option.value(), {option}, entry::Announced{percents[i]}});
      }
      if (claim.votes.size() != 3) continue;
      const Premises premises{
          definition.electors.chosen_total(), definition.stations.chosen_total(), {Fraction(1)}};
      const auto judged = judge_claim(definition, claim, nullptr, {}, premises);
      ASSERT_TRUE(judged);
      std::int64_t ways = 0;
      const auto rounds_to = [&](std::int64_t n, const char* percent) {
        const entry::Announced announced{percent};
        const Fraction exact = *Fraction::of(n * 100, total);
        return exact >= *subtract(announced.value(), announced.half_a_unit()) &&
               exact <= *add(announced.value(), announced.half_a_unit());
      };
      for (std::int64_t x = 0; x <= total; ++x) {
        if (!rounds_to(x, a)) continue;
        for (std::int64_t y = 0; x + y <= total; ++y) {
          ways += rounds_to(y, b) && rounds_to(total - x - y, c) ? 1 : 0;
        }
      }
      for (const Check& check : judged->checks) {
        if (check.code != CheckCode::derived_from_percent) continue;
        EXPECT_EQ(check.details.at("compatible"), std::to_string(ways)) << total << " " << a;
      }
    }
  }
}

}  // namespace
}  // namespace scr::judge
