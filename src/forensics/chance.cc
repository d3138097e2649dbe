// SPDX-License-Identifier: Apache-2.0
#include "forensics/chance.h"

#include <string>

#include "base/int128.h"
#include "base/sha256.h"

namespace scr::forensics {

Chance::Chance(std::string_view seed, std::string_view name) {
  std::string text(seed);
  text += '\0';
  text += name;
  const Digest digest = sha256(bytes_of(text));
  for (std::size_t i = 0; i < 8; ++i) {
    state_ = state_ << 8 | std::to_integer<std::uint64_t>(digest.bytes[i]);
  }
}

std::uint64_t Chance::next() {
  state_ += 0x9E3779B97F4A7C15ull;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

std::int64_t Chance::below(std::int64_t n) {
  // The high half of next() * n.
  __extension__ typedef unsigned __int128 Wide;
  return static_cast<std::int64_t>(static_cast<Wide>(next()) * static_cast<Wide>(n) >> 64);
}

std::int64_t Chance::successes(std::int64_t n, std::int64_t part, std::int64_t whole) {
  std::int64_t count = 0;
  for (std::int64_t i = 0; i < n; ++i) count += below(whole) < part ? 1 : 0;
  return count;
}

std::int64_t Chance::marked_among(std::int64_t total, std::int64_t marked, std::int64_t drawn) {
  std::int64_t left = marked;
  for (std::int64_t i = 0; i < drawn && left > 0; ++i) left -= below(total - i) < left ? 1 : 0;
  return marked - left;
}

}  // namespace scr::forensics
