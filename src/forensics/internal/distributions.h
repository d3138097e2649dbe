// SPDX-License-Identifier: Apache-2.0
//
// Exact distributions of counts, and the tails of those that they tend to.
//
// Probabilities come from the ratio of neighbours, outward from the likeliest count, and are then
// divided by their sum: no factorial, no logarithm, the same bits everywhere.
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace scr::forensics {

// Probabilities of first, first + 1, ...; what is left out is below 1e-20 of the likeliest.
struct Distribution {
  std::int64_t first = 0;
  std::vector<double> p;

  std::int64_t last() const { return first + static_cast<std::int64_t>(p.size()) - 1; }
  double of(std::int64_t count) const;  // 0 outside
};

// Successes in n trials, each with probability part / whole. Reuses the memory of `out`.
// REQUIRES: n >= 0, 0 <= part <= whole, whole > 0.
void binomial(std::int64_t n, std::int64_t part, std::int64_t whole, Distribution& out);

// Marked among `drawn` of `total`, of which `marked` are. REQUIRES: all >= 0, the others <= total.
void hypergeometric(std::int64_t total, std::int64_t marked, std::int64_t drawn, Distribution& out);

// P(X >= at_least) where X is a sum of independent yes or no, each with its own probability: exact
// but for parts below 1e-40. 1e-30 stands for anything smaller.
double poisson_binomial_tail(std::span<const double> probabilities, std::int64_t at_least);

// P(X >= at_least) of a hypergeometric X.
double hypergeometric_tail(std::int64_t total, std::int64_t marked, std::int64_t drawn,
                           std::int64_t at_least);

// Both of the following: 1e-300 stands for anything smaller.
//
// P(chi-square >= x), by the finite sums for whole degrees of freedom (Abramowitz and Stegun
// 26.4.4, 26.4.5). REQUIRES: x >= 0, degrees in 1 .. 100.
double chi_square_tail(double x, int degrees);

// P(|Z| >= |z|) of a standard normal Z.
double normal_two_sided(double z);

// d' V^-1 d for a covariance V given whole by rows. Nothing is known of a direction in which V
// has no spread: it is left out, and `degrees` says how many were used.
struct Quadratic {
  double value = 0;
  int degrees = 0;
};
Quadratic quadratic_form(std::span<const double> differences, std::vector<double> covariance);

}  // namespace scr::forensics
