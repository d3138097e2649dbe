// SPDX-License-Identifier: Apache-2.0
#include "merkle/subtrees.h"

#include <utility>

#include "base/check.h"

namespace scr::merkle {

Subtrees::Subtrees(std::vector<Digest> leaves) {
  levels_.push_back(std::move(leaves));
  while (levels_.back().size() > 1) {
    const std::vector<Digest>& below = levels_.back();
    std::vector<Digest> above(below.size() / 2);
    for (std::size_t i = 0; i < above.size(); ++i)
      above[i] = node_hash(below[2 * i], below[2 * i + 1]);
    levels_.push_back(std::move(above));
  }
}

SubtreeHash Subtrees::hashes() const {
  return [this](int level, std::uint64_t index) -> Result<Digest> {
    const auto at = static_cast<std::size_t>(level);
    SCR_CHECK(level >= 0 && at < levels_.size() && index < levels_[at].size());
    return levels_[at][index];
  };
}

}  // namespace scr::merkle
