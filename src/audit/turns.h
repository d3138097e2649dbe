// SPDX-License-Identifier: Apache-2.0
//
// Strata that are sampled apart take turns: draw after draw it is the turn of the one that is
// furthest behind its part of the whole. So the first draws of a longer sample are a shorter one,
// and the order is known before anything is seen.
//
// A value; one thread at a time.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/int128.h"

namespace scr::audit {

class Turns {
 public:
  struct Part {
    std::int64_t weight = 0;            // at least 0; of no weight: never
    std::optional<std::int64_t> limit;  // draws that it has; nothing: any number
  };
  explicit Turns(std::vector<Part> parts) : parts_(std::move(parts)), drawn_(parts_.size(), 0) {}

  // The largest weight / (2 draws + 1) (Sainte-Lague), the first of equals; nothing if no part has
  // any left.
  std::optional<std::size_t> next() {
    std::optional<std::size_t> best;
    for (std::size_t h = 0; h < parts_.size(); ++h) {
      if (parts_[h].weight <= 0 || (parts_[h].limit && drawn_[h] >= *parts_[h].limit)) continue;
      if (!best || Int128(parts_[h].weight) * (2 * drawn_[*best] + 1) >
                       Int128(parts_[*best].weight) * (2 * drawn_[h] + 1)) {
        best = h;
      }
    }
    if (best) ++drawn_[*best];
    return best;
  }

  const std::vector<std::int64_t>& drawn() const { return drawn_; }

 private:
  std::vector<Part> parts_;
  std::vector<std::int64_t> drawn_;
};

// A stratified test is looked at after each of its first hundred draws, then ever more rarely,
// since each look costs as much as all draws before it: when `draws` is a multiple of the least
// power of two that is at least a hundredth of it. The same draws for everybody, so the same
// digits.
inline bool is_look(std::int64_t draws) {
  std::int64_t step = 1;
  while (step * 100 < draws) step *= 2;
  return draws % step == 0;
}

}  // namespace scr::audit
