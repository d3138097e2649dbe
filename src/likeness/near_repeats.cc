// SPDX-License-Identifier: Apache-2.0
#include "likeness/near_repeats.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

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

// One picture as it stands in a list of those that may be near to each other.
struct Listed {
  std::uint16_t part = 0;
  std::uint32_t sheet = 0;
  Fingerprint print;
  std::size_t picture = 0;

  friend auto operator<=>(const Listed&, const Listed&) = default;
};

// Pictures with one part alike, those of unknown sheets first, then sheet by sheet.
void join_near(std::span<const Listed> alike, Groups& groups) {
  for (std::size_t i = 0; i < alike.size(); ++i) {
    const Listed& one = alike[i];
    // What is near to it is near to the one before, which was compared with all.
    if (i > 0 && one.sheet == alike[i - 1].sheet && one.print == alike[i - 1].print) {
      groups.join(one.picture, alike[i - 1].picture);
      continue;
    }
    for (std::size_t j = i + 1; j < alike.size(); ++j) {
      const Listed& other = alike[j];
      if (one.sheet != 0 && other.sheet != one.sheet) break;
      if (one.print.distance(other.print) <= kNearRepeat) groups.join(one.picture, other.picture);
    }
  }
}

}  // namespace

std::vector<std::vector<std::size_t>> near_repeats(std::span<const Likeness> pictures) {
  Groups groups(pictures.size());
  std::vector<Listed> listed(pictures.size());
  for (std::size_t part = 0; part < kParts; ++part) {
    for (std::size_t i = 0; i < listed.size(); ++i)
      listed[i] = {part_of(pictures[i].print, part), pictures[i].sheet, pictures[i].print, i};
    std::sort(listed.begin(), listed.end());
    for (auto begin = listed.begin(); begin != listed.end();) {
      const auto end = std::find_if(begin, listed.end(),
                                    [&](const Listed& other) { return other.part != begin->part; });
      join_near({begin, end}, groups);
      begin = end;
    }
  }
  std::vector<std::vector<std::size_t>> by_root(pictures.size());
  for (std::size_t i = 0; i < pictures.size(); ++i) by_root[groups.root(i)].push_back(i);
  std::erase_if(by_root, [](const auto& group) { return group.size() < 2; });
  return by_root;
}

}  // namespace scr::likeness
