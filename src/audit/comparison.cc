// SPDX-License-Identifier: Apache-2.0
#include "audit/comparison.h"

#include <algorithm>
#include <cmath>

#include "audit/numeric.h"
#include "base/check.h"
#include "base/elementary.h"

namespace scr::audit {
namespace {

// What the errors add to ln p.
double cost(const Errors& errors, double gamma) {
  return -(errors.over1 * ln(1 - 1 / (2 * gamma)) + errors.over2 * ln(1 - 1 / gamma) +
           errors.under1 * ln(1 + 1 / (2 * gamma)) + errors.under2 * ln(1 + 1 / gamma));
}

}  // namespace

double supersimple_p(double margin, std::int64_t n, const Errors& errors, double gamma) {
  SCR_CHECK(margin > 0 && margin <= 1 && gamma > 1);
  const double clean = static_cast<double>(n) * ln(1 - margin / (2 * gamma));
  return std::min(1.0, exp_of(clean + cost(errors, gamma)));
}

std::optional<std::int64_t> supersimple_expected(double margin, double risk, const Errors& rates,
                                                 double gamma) {
  const double gain = ln(1 - margin / (2 * gamma)) + cost(rates, gamma);
  if (gain >= 0) return std::nullopt;
  return static_cast<std::int64_t>(std::ceil(ln(risk) / gain));
}

std::optional<std::int64_t> supersimple_rounded(double margin, double risk, const Errors& rates,
                                                double gamma) {
  const auto first = supersimple_expected(margin, risk, rates, gamma);
  if (!first) return std::nullopt;
  Errors whole = rates;
  const double n = static_cast<double>(*first);
  whole.over1 = std::ceil(rates.over1 * n);
  whole.under1 = std::ceil(rates.under1 * n);
  // ln(1 - m/2g) is taken as -m/2g, which asks for a few ballots more.
  const double size = std::ceil(-2 * gamma * (ln(risk) - cost(whole, gamma)) / margin);
  const double errors = whole.over1 + whole.over2 + whole.under1 + whole.under2;
  return static_cast<std::int64_t>(std::max(size, errors));
}

double supersimple_rho(double risk, double lambda, double gamma) {
  return -ln(risk) / (1 / (2 * gamma) + lambda * ln(1 - 1 / (2 * gamma)));
}

}  // namespace scr::audit
