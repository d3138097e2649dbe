// SPDX-License-Identifier: Apache-2.0
#include "forensics/adjust.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace scr::forensics {

std::vector<double> adjusted_by_holm(std::span<const double> p, std::size_t registered) {
  SCR_CHECK(registered >= p.size());
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  std::vector<double> adjusted(p.size());
  double least = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const double times = static_cast<double>(registered - rank);
    least = std::max(least, std::min(1.0, p[order[rank]] * times));
    adjusted[order[rank]] = least;
  }
  return adjusted;
}

}  // namespace scr::forensics
