// SPDX-License-Identifier: Apache-2.0
#include "record/tree_state.h"

#include <utility>

#include "base/check.h"
#include "tiles/bundle.h"

namespace scr::record {
namespace {

// Feeds the hashes of partial tiles from `lowest` up, largest subtrees first.
merkle::RightEdge edge_of(const std::vector<std::vector<Digest>>& partial, std::size_t lowest) {
  merkle::RightEdge edge;
  for (std::size_t level = partial.size(); level-- > lowest;) {
    for (const Digest& hash : partial[level]) {
      edge.append_subtree(static_cast<int>(level) * tiles::kLevelBits, hash);
    }
  }
  return edge;
}

}  // namespace

TreeState::TreeState(merkle::TreeSize size, std::vector<std::vector<Digest>> partial,
                     std::string bundle)
    : size_(size), partial_(std::move(partial)), bundle_(std::move(bundle)) {
  for (std::size_t level = 0; level < partial_.size(); ++level) {
    SCR_CHECK(partial_[level].size() == tiles::partial_width(size_, static_cast<int>(level)));
  }
}

Digest TreeState::root() const {
  return edge_of(partial_, 0).root();
}

merkle::RightEdge TreeState::edge_before_partial_bundle() const {
  return edge_of(partial_, 1);
}

Result<void> TreeState::append(std::string_view entry, const TileSink& sink) {
  if (partial_.empty()) partial_.emplace_back();
  tiles::append_entry(bundle_, entry);
  partial_[0].push_back(merkle::leaf_hash(bytes_of(entry)));
  size_ = merkle::TreeSize(size_.value() + 1);
  if (partial_[0].size() == tiles::kFullWidth) return close_full_tiles(sink);
  return {};
}

Result<void> TreeState::close_full_tiles(const TileSink& sink) {
  SCR_TRY_VOID(sink({true, 0, size_.value() / tiles::kFullWidth - 1, tiles::kFullWidth}, bundle_));
  bundle_.clear();
  for (std::size_t level = 0; partial_[level].size() == tiles::kFullWidth; ++level) {
    const int shift = static_cast<int>(level + 1) * tiles::kLevelBits;
    const tiles::TileId tile{false, static_cast<int>(level), (size_.value() >> shift) - 1,
                             tiles::kFullWidth};
    SCR_TRY_VOID(sink(tile, tiles::join_tile(partial_[level])));
    const Digest subtree = merkle::root_of(partial_[level]);
    partial_[level].clear();
    if (partial_.size() == level + 1) partial_.emplace_back();
    partial_[level + 1].push_back(subtree);
  }
  return {};
}

Result<void> TreeState::flush_partial(const TileSink& sink) const {
  for (std::size_t level = 0; level < partial_.size(); ++level) {
    if (partial_[level].empty()) continue;
    const int shift = static_cast<int>(level + 1) * tiles::kLevelBits;
    const tiles::TileId tile{false, static_cast<int>(level), size_.value() >> shift,
                             partial_[level].size()};
    SCR_TRY_VOID(sink(tile, tiles::join_tile(partial_[level])));
  }
  if (bundle_.empty()) return {};
  const tiles::TileId last{true, 0, size_.value() / tiles::kFullWidth, partial_[0].size()};
  return sink(last, bundle_);
}

}  // namespace scr::record
