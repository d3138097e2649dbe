// SPDX-License-Identifier: Apache-2.0
//
// Where the hashes and entries of a log lie, by C2SP tlog-tiles: paths, widths, bundles.
//
//   tile/<level>/<n>[.p/<width>]      256 hashes of 32 bytes, fewer in a partial tile
//   tile/entries/<n>[.p/<width>]      256 entries, each behind its length
//
// n stands in groups of three digits, all but the last prefixed with x: 1234067 is x001/x234/067.
// A width is written only for partial tiles, 1..255.
//
// Pure; any thread. Source: C2SP tlog-tiles v0.1.0.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "merkle/tree.h"

namespace scr::tiles {

inline constexpr std::uint64_t kFullWidth = 256;
inline constexpr int kLevelBits = 8;  // a tile of level l + 1 has one hash for each tile of level l

struct TileId {
  bool entries = false;  // a bundle of entries; `level` is then 0
  int level = 0;         // 0..63
  std::uint64_t n = 0;
  std::uint64_t width = kFullWidth;  // 1..256

  bool is_full() const { return width == kFullWidth; }
  friend auto operator<=>(const TileId&, const TileId&) = default;
};

// "tile/0/x001/x234/067.p/12". REQUIRES: level and width in range.
std::string path_of(const TileId& tile);

// Nothing unless `path` is exactly what path_of() makes of some tile.
std::optional<TileId> parse_path(std::string_view path);

// Every tile of hashes that a tree of `size` has, level 0 first, then by n; partial ones last in
// their level. No tile is empty.
std::vector<TileId> hash_tiles(merkle::TreeSize size);

// Every bundle of entries, by n.
std::vector<TileId> entry_bundles(merkle::TreeSize size);

// Width of the partial tile at the right edge of `level`, 0 if there is none: floor(size /
// 256^level) mod 256.
std::uint64_t partial_width(merkle::TreeSize size, int level);

}  // namespace scr::tiles
