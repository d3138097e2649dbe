// SPDX-License-Identifier: Apache-2.0
#include "witness/quorum.h"

#include <algorithm>

namespace scr::witness {

bool is_safe(std::size_t k, std::size_t n, std::size_t f) {
  return k >= safe_quorum(n, f);
}

bool is_live(std::size_t k, std::size_t n, std::size_t f) {
  return f <= n && k <= n - f;
}

std::size_t safe_quorum(std::size_t n, std::size_t f) {
  // floor((n + f) / 2) + 1 without a sum that could overflow
  return n / 2 + f / 2 + (n % 2 + f % 2) / 2 + 1;
}

std::size_t colluders_survived(std::size_t n, std::size_t k) {
  if (k > n || !is_safe(k, n, 0)) return 0;
  return std::min(k - (n - k) - 1, n - k);
}

std::size_t two_thirds_quorum(std::size_t n) {
  return n == 0 ? 1 : n - (n - 1) / 3;
}

}  // namespace scr::witness
