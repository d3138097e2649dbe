// SPDX-License-Identifier: Apache-2.0
//
// Sequential tests of "the mean of these numbers is at most t", as bets against it: the gambler's
// fortune M starts at 1, cannot be expected to grow if the hypothesis is true, and so passes
// 1/alpha with a chance of at most alpha, ever (Ville 1939). p = 1 / max M may therefore be looked
// at after every draw. It needs draws in random order; it does not need a number of draws that is
// fixed beforehand.
//
//   Martingale test(Alpha{.eta = 0.6}, {.population = 1200});
//   for (double x : values) test.take(x);
//   test.p_value() <= 0.05   // rejected: the mean is above 1/2
//
// ALPHA: Stark, Ann. Appl. Stat. 17, 2023. Betting: Waudby-Smith & Ramdas 2021; mixtures of Kelly
// bets and their use for audits: Waudby-Smith, Stark & Ramdas (RiLACS) 2021. Kaplan-Markov, -Wald
// and -Kolmogorov: Stark & Teague (SHANGRLA) 2020. Pitfalls kept away from: SHANGRLA's wald_sprt
// multiplies twice; its aGRAPA divides 0 by 0 on a first draw that equals t.
//
// A value; one thread at a time. + - * / and sqrt only: the same bits from every compiler.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace scr::audit {

// The null hypothesis: numbers in [0, upper] have a mean of at most `mean`. `population`: how many
// there are, if drawn without replacement; nothing: drawn with replacement.
struct Hypothesis {
  double mean = 0.5;
  double upper = 1;
  std::optional<std::int64_t> population;
};

// ALPHA with the estimator "shrink and truncate" of the mean before draw j:
// ((d eta + S) / (d + j - 1) + upper f / sd) / (1 + f / sd), at least m_j + c / sqrt(d + j - 1),
// below `upper`. eta: what the mean is thought to be; d: how many draws that is worth.
struct Alpha {
  double eta = 0.75;
  double d = 100;
  double f = 0;             // weight of upper against the standard deviation
  double least_sd = 1e-6;   // taken where the draws so far vary less
  std::optional<double> c;  // nothing: (eta - mean) / 2
};

// ALPHA that goes on believing in the mean eta of the whole population: Wald's sequential
// probability ratio test where numbers are 0 or upper.
struct FixedAlternative {
  double eta = 0.75;
};

// 1 + lambda (x - m) with the same lambda at each draw, or 1 / m where that is less.
struct FixedBet {
  double lambda = 0.5;
};

// aGRAPA: lambda = (mean - m) / (variance + (mean - m)^2) of the draws so far, between 0 and
// ceiling / m. Where that is 0 / 0, and before the first draw, the bet stays as it was (`first`).
struct AdaptiveBet {
  double first = 0;
  double ceiling = 0.75;
};

// The mean of several fortunes that bet y/m for y = 1/11, 2/11, 3/11 (points = 10), weighted by
// (1/3 - y)^2: "SqKelly". Knows nothing beforehand and does well at small margins.
struct KellyMixture {
  int points = 10;
};

// g in [0, 1): keeps a draw of 0 from ruining the gambler.
struct KaplanWald {
  double g = 0.1;  // (1 - g) x / t + g
};
struct KaplanMarkov {
  double g = 0.1;  // (x + g) / (t + g)
};
struct KaplanKolmogorov {
  double g = 0.1;  // (x + g) / m, without replacement; t and m shifted by g too
};

using Method = std::variant<Alpha, FixedAlternative, FixedBet, AdaptiveBet, KellyMixture,
                            KaplanWald, KaplanMarkov, KaplanKolmogorov>;

class Martingale {
 public:
  Martingale(const Method& test, const Hypothesis& hypothesis);

  // The next number drawn. REQUIRES: 0 <= x <= upper, and that population has more to draw.
  void take(double x);
  // All of `values`; current[i] is then current_p() after the i-th. REQUIRES: as many of each.
  void take_each(std::span<const double> values, std::span<double> current);

  std::int64_t draws() const { return draws_; }
  // The fortune now. Infinite once the draws contradict the hypothesis with certainty; 0 once they
  // confirm it.
  double fortune() const { return fortune_; }
  double current_p() const;  // min(1, 1 / fortune)
  double p_value() const;    // min(1, 1 / largest fortune so far)

 private:
  template <class Kind>
  void take_as(const Kind& kind, double x);
  template <class Kind>
  double factor(const Kind& kind, double x, double m);
  double mixture(double x, double m);
  double shrink_truncate(const Alpha& alpha, double m) const;
  double alpha_step(const Alpha& alpha, double x, double rest, double left) const;
  std::size_t take_quickly(const Alpha& alpha, std::span<const double> values,
                           std::span<double> current);
  double adaptive_bet(const AdaptiveBet& bet, double m);

  Method test_;
  Hypothesis null_;
  std::int64_t draws_ = 0;
  double sum_ = 0;
  double mean_ = 0;     // running, Welford
  double squares_ = 0;  // sum of squared deviations, Welford; both only if they are used
  bool needs_spread_ = false;
  double bet_ = 0;
  std::array<double, 4> weights_{};
  std::array<double, 4> fortunes_{};  // of the mixture, weights included
  int parts_ = 0;
  double fortune_ = 1;
  double largest_ = 1;
  bool over_ = false;  // certain either way: nothing changes any more
};

struct History {
  std::vector<double> current;  // current_p after each draw
  double p_value = 1;           // after the last
};
History history(const Method& test, const Hypothesis& hypothesis, std::span<const double> values);

// How many of `values` are needed until p <= risk; nothing: they do not suffice.
std::optional<std::int64_t> draws_needed(const Method& test, const Hypothesis& hypothesis,
                                         std::span<const double> values, double risk);

}  // namespace scr::audit
