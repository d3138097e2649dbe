// SPDX-License-Identifier: Apache-2.0
#include "likeness/near_repeats.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

namespace scr::likeness {
namespace {

constexpr std::size_t kParts = 16;
static_assert(kNearRepeat < static_cast<int>(kParts), "one part of two near repeats is equal");

// Sixteen bits from all over the fingerprint: neighbouring bits of sheets of one form are often
// alike, and a part that all sheets share would make everybody a candidate.
std::uint16_t part_of(const Fingerprint& print, std::size_t part) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 16; ++i) {
    const std::size_t bit = i * kParts + (part + 5 * i) % kParts;
    bits = bits << 1 | (print.words[bit / 64] >> (63 - bit % 64) & 1);
  }
  return static_cast<std::uint16_t>(bits);
}

class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace

std::vector<std::vector<std::size_t>> near_repeats(
    std::span<const Fingerprint> fingerprints,
    const std::function<bool(std::size_t, std::size_t)>& may_be) {
  Groups groups(fingerprints.size());
  std::vector<std::pair<std::uint16_t, std::uint32_t>> keyed(fingerprints.size());
  for (std::size_t part = 0; part < kParts; ++part) {
    for (std::size_t i = 0; i < keyed.size(); ++i)
      keyed[i] = {part_of(fingerprints[i], part), static_cast<std::uint32_t>(i)};
    std::sort(keyed.begin(), keyed.end());
    for (std::size_t i = 0; i < keyed.size(); ++i) {
      for (std::size_t j = i + 1; j < keyed.size() && keyed[j].first == keyed[i].first; ++j) {
        const std::size_t a = keyed[i].second;
        const std::size_t b = keyed[j].second;
        if (fingerprints[a].distance(fingerprints[b]) > kNearRepeat) continue;
        if (groups.root(a) != groups.root(b) && may_be(a, b)) groups.join(a, b);
      }
    }
  }
  std::vector<std::vector<std::size_t>> by_root(fingerprints.size());
  for (std::size_t i = 0; i < fingerprints.size(); ++i) by_root[groups.root(i)].push_back(i);
  std::erase_if(by_root, [](const auto& group) { return group.size() < 2; });
  return by_root;
}

}  // namespace scr::likeness
