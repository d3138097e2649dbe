// SPDX-License-Identifier: Apache-2.0
//
// What a log must remember of its tree to make it grow: the tiles at the right edge that are not
// full yet, and the bundle of entries that is not.
//
// A value; one thread at a time.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "merkle/tree.h"
#include "tiles/path.h"

namespace scr::record {

// Takes one finished file of the log.
using TileSink = std::function<Result<void>(const tiles::TileId&, std::string_view bytes)>;

class TreeState {
 public:
  TreeState() = default;
  // `partial[level]`: the hashes of the tile of that level that is not full; `bundle`: the bytes of
  // the entries that are in no full bundle. REQUIRES: their widths are those of `size`.
  TreeState(merkle::TreeSize size, std::vector<std::vector<Digest>> partial, std::string bundle);

  merkle::TreeSize size() const { return size_; }
  Digest root() const;

  // Appends an entry. Tiles and bundles that became full go to `sink`.
  Result<void> append(std::string_view entry, const TileSink& sink);
  // Gives the partial tiles and the partial bundle of the tree as it now is to `sink`.
  Result<void> flush_partial(const TileSink& sink) const;

  // The complete subtrees left of the partial bundle and their size, for a second computation that
  // starts from there.
  merkle::RightEdge edge_before_partial_bundle() const;

 private:
  Result<void> close_full_tiles(const TileSink& sink);

  merkle::TreeSize size_;
  std::vector<std::vector<Digest>> partial_;
  std::string bundle_;
};

}  // namespace scr::record
