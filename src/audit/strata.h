// SPDX-License-Identifier: Apache-2.0
//
// One outcome, several strata that are sampled apart (one has records of its ballots, another does
// not; or each district draws its own sample). The outcome is wrong only if for some split of the
// overstatement among the strata each stratum has its part; so each split is tested, and the worst
// counts.
//
// Two ways to combine what strata say: the product of their martingales, which is a martingale
// itself (Stark, ALPHA, 2023; Spertus, Sridhar & Stark 2024), and Fisher's sum of logarithms
// (SUITE: Ottoboni, Stark, Lindeman & McBurnett 2018). Ten strata that say p = 1/2 each: the
// product is 0.00098, Fisher 0.84.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace scr::audit {

double fisher_p(std::span<const double> p_values);
// The product of martingales' 1/M; at most 1.
double product_p(std::span<const double> p_values);

// p of one stratum if it must hold the share `part` of the overstatement that undoes the margin.
using StratumTest = std::function<double(double part)>;

// The largest fisher_p over all splits (part, 1 - part) of two strata with part from `least` to
// `most`, by halving intervals: as each stratum's p falls with its own part, an interval holds
// nothing above fisher_p of its better ends. `p` is that bound once it is within a millionth of a
// value that occurs, so it is never too small; a grid that is too coarse, as in other programs, is.
struct WorstSplit {
  double p = 1;
  double part = 0;  // of the first stratum
};
WorstSplit suite_p(const StratumTest& first, const StratumTest& second, double least, double most);

// SUITE's two tests. `overall_margin`: votes, of the whole contest.
// Ballots compared with their records, `ballots` in the stratum, n drawn, no discrepancies:
// (1 - part * V / (2 gamma N))^n.
double suite_comparison_p(double part, std::int64_t overall_margin, std::int64_t ballots,
                          std::int64_t n, double gamma);

// Ballots without records: a likelihood ratio without replacement, reported counts against the most
// likely ones whose margin is reported - part * V. `seen`: winner, loser, neither.
struct ThreeWay {
  std::int64_t winner = 0;
  std::int64_t loser = 0;
  std::int64_t neither = 0;

  std::int64_t sum() const { return winner + loser + neither; }
};
double suite_polling_p(double part, std::int64_t overall_margin, const ThreeWay& reported,
                       const ThreeWay& seen);

// One stratum of a stratified test.
struct StratumRule {
  double weight = 1;  // its part of the whole, above 0; those of all strata make 1
  // Drawn without replacement from so many; nothing: with replacement.
  std::optional<std::int64_t> population;
  double upper = 1;        // of its values
  double eta = 0.6;        // what its mean is thought to be; see Alpha
  double most_bet = 0.95;  // below 1, so that no draw ruins it
};

// A test of "the mean of the whole is at most `mean`" by draws in several strata, each in random
// order, the strata taking turns as they like so long as that does not hang on values not yet seen.
// p is 1 over the least product of fortunes, whichever way the null mean is split among the strata;
// since each split's product is a martingale, the least p so far holds at every moment.
//
// The fortune of a stratum whose null mean is m is the product of 1 - b + b x / m, with a bet b
// that depends on earlier draws only, not on m ("inverse bets", Spertus, Sridhar & Stark 2024). Its
// logarithm is convex in m, so the worst split is found by Lagrange's multiplier; the value of the
// dual problem, which is what is used, never makes p too small.
//
// A value; one thread at a time. The same calls give the same bits from every compiler.
class StratifiedTest {
 public:
  // `d`: draws that eta is worth; see Alpha. REQUIRES: at least one stratum.
  StratifiedTest(std::vector<StratumRule> strata, double mean, double d);

  // REQUIRES: 0 <= x <= upper, and that the stratum's population has more to draw.
  void take(std::size_t stratum, double x);
  double current_p();  // after the draws so far; at most 1

 private:
  // Draws that enter the fortune alike: x / m with m = (N mean - before) / left.
  struct Draws {
    double x;
    double before;
    double left;
    double bet;
    std::int64_t times;
    friend bool operator==(const Draws&, const Draws&) = default;
  };
  struct Fortune {
    StratumRule rule;
    double all = 1;  // its population; 1 with replacement
    double sum = 0;
    std::int64_t count = 0;
    std::vector<Draws> draws;
    double best = 0;  // where the last search ended

    double certain() const;  // the draws alone: the null mean cannot be less
    double ln_at(double mean) const;
  };
  struct Slopes {
    double first = 0;
    double second = 0;
  };
  static Slopes slopes_at(const Fortune& fortune, double mean);
  static Slopes seek(Fortune& fortune, double price);

  std::vector<Fortune> fortunes_;
  double mean_;
  double d_;
  double price_ = 1;
};

// A stratum of ballots whose assorter values are drawn without replacement, in random order.
struct Stratum {
  std::int64_t ballots = 0;
  double upper = 1;            // of the values
  double eta = 0.6;            // what its mean is thought to be; see Alpha
  std::vector<double> values;  // in the order of the draws
};

// p of "the mean over all ballots of all strata is at most 1/2", after the draws of each stratum.
// REQUIRES: at least one stratum, each with no more values than ballots.
double stratified_p(std::span<const Stratum> strata, double d);

}  // namespace scr::audit
