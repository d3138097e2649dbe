// SPDX-License-Identifier: Apache-2.0
#include "forensics/internal/distributions.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/elementary.h"

namespace scr::forensics {
namespace {

constexpr double kNegligible = 1e-20;  // of the likeliest count
constexpr double kSmallestTail = 1e-30;
constexpr double kSmallestP = 1e-300;

// Fills `out` from the likeliest count outward. `up(x)`: p(x + 1) / p(x). REQUIRES: low <= mode
// <= high.
template <class Ratio>
void outward(std::int64_t low, std::int64_t mode, std::int64_t high, Ratio up, Distribution& out) {
  out.p.clear();
  double weight = 1;
  double sum = 1;
  out.first = mode;
  for (std::int64_t x = mode; x > low; --x) {
    weight /= up(x - 1);
    if (weight < kNegligible) break;
    out.p.push_back(weight);
    sum += weight;
    --out.first;
  }
  std::reverse(out.p.begin(), out.p.end());
  out.p.push_back(1);
  weight = 1;
  for (std::int64_t x = mode; x < high; ++x) {
    weight *= up(x);
    if (weight < kNegligible) break;
    out.p.push_back(weight);
    sum += weight;
  }
  for (double& p : out.p) p /= sum;
}

void certain(std::int64_t count, Distribution& out) {
  out.first = count;
  out.p.assign(1, 1.0);
}

double tail_of(const Distribution& distribution, std::int64_t at_least) {
  double sum = 0;
  for (std::int64_t x = distribution.last(); x >= std::max(at_least, distribution.first); --x) {
    sum += distribution.of(x);
  }
  return std::min(sum, 1.0);
}

// The distribution of a sum of yes and no, kept where it is not negligible.
class SumOfChances {
 public:
  void add(double probability) {
    p_.push_back(0);
    for (std::size_t i = p_.size(); i-- > 0;) {
      const double before = i > 0 ? p_[i - 1] : 0;
      p_[i] = p_[i] * (1 - probability) + before * probability;
    }
    trim();
  }

  // From the small end of the tail, so that nothing is lost in the sum.
  double tail(std::int64_t at_least) const {
    double sum = 0;
    for (std::size_t i = p_.size(); i-- > 0;) {
      if (first_ + static_cast<std::int64_t>(i) < at_least) break;
      sum += p_[i];
    }
    return std::min(sum, 1.0);
  }

 private:
  static constexpr double kDropped = 1e-40;

  void trim() {
    while (p_.size() > 1 && p_.back() < kDropped) p_.pop_back();
    if (p_.size() > 1 && p_.front() < kDropped) {
      const auto kept = std::find_if(p_.begin(), p_.end(), [](double p) { return p >= kDropped; });
      first_ += kept - p_.begin();
      p_.erase(p_.begin(), kept);
    }
  }

  std::int64_t first_ = 0;
  std::vector<double> p_{1.0};
};

}  // namespace

double Distribution::of(std::int64_t count) const {
  if (count < first || count > last()) return 0;
  return p[static_cast<std::size_t>(count - first)];
}

void binomial(std::int64_t n, std::int64_t part, std::int64_t whole, Distribution& out) {
  if (part == 0 || n == 0) return certain(0, out);
  if (part == whole) return certain(n, out);
  const double odds = static_cast<double>(part) / static_cast<double>(whole - part);
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  const auto mode = static_cast<std::int64_t>(std::floor(static_cast<double>(n + 1) * share));
  const auto up = [&](std::int64_t x) {
    return static_cast<double>(n - x) / static_cast<double>(x + 1) * odds;
  };
  outward(0, std::clamp<std::int64_t>(mode, 0, n), n, up, out);
}

void hypergeometric(std::int64_t total, std::int64_t marked, std::int64_t drawn,
                    Distribution& out) {
  const std::int64_t low = std::max<std::int64_t>(0, drawn + marked - total);
  const std::int64_t high = std::min(drawn, marked);
  if (low == high) return certain(low, out);
  const double mode = static_cast<double>(drawn + 1) * static_cast<double>(marked + 1) /
                      static_cast<double>(total + 2);
  const auto up = [&](std::int64_t x) {
    return static_cast<double>(marked - x) * static_cast<double>(drawn - x) /
           (static_cast<double>(x + 1) * static_cast<double>(total - marked - drawn + x + 1));
  };
  outward(low, std::clamp(static_cast<std::int64_t>(mode), low, high), high, up, out);
}

double poisson_binomial_tail(std::span<const double> probabilities, std::int64_t at_least) {
  SumOfChances sum;
  for (const double p : probabilities) sum.add(p);
  return std::max(sum.tail(at_least), kSmallestTail);
}

double hypergeometric_tail(std::int64_t total, std::int64_t marked, std::int64_t drawn,
                           std::int64_t at_least) {
  Distribution distribution;
  hypergeometric(total, marked, drawn, distribution);
  return std::max(tail_of(distribution, at_least), kSmallestTail);
}

double chi_square_tail(double x, int degrees) {
  const double half = x / 2;
  const bool odd = degrees % 2 == 1;
  double sum = 0;
  double term = odd ? 2 * std::sqrt(half) / kSqrtPi : 1;  // half^(k - 1/2) / Gamma(k + 1/2); /k!
  for (int k = 1; k <= degrees / 2; ++k) {
    sum += term;
    term *= half / (odd ? k + 0.5 : k);
  }
  const double tail = exp_of(-half) * sum + (odd ? erfc_of(std::sqrt(half)) : 0);
  return std::clamp(tail, kSmallestP, 1.0);
}

double normal_two_sided(double z) {
  return std::max(erfc_of(std::fabs(z) / std::sqrt(2.0)), kSmallestP);
}

// Cholesky's decomposition V = L L', and d' V^-1 d = |L^-1 d|^2.
Quadratic quadratic_form(std::span<const double> differences, std::vector<double> covariance) {
  const std::size_t n = differences.size();
  const auto at = [&](std::size_t i, std::size_t j) -> double& { return covariance[i * n + j]; };
  std::vector<double> solved(n, 0.0);
  Quadratic out;
  for (std::size_t i = 0; i < n; ++i) {
    const double whole = at(i, i);
    double rest = whole;
    double left = differences[i];
    for (std::size_t k = 0; k < i; ++k) {
      rest -= at(i, k) * at(i, k);
      left -= at(i, k) * solved[k];
    }
    if (!(rest > whole * 1e-10)) {
      for (std::size_t j = i; j < n; ++j) at(j, i) = 0;
      continue;
    }
    at(i, i) = std::sqrt(rest);
    for (std::size_t j = i + 1; j < n; ++j) {
      double sum = at(j, i);
      for (std::size_t k = 0; k < i; ++k) sum -= at(j, k) * at(i, k);
      at(j, i) = sum / at(i, i);
    }
    solved[i] = left / at(i, i);
    out.value += solved[i] * solved[i];
    ++out.degrees;
  }
  return out;
}

}  // namespace scr::forensics
