// SPDX-License-Identifier: Apache-2.0
#include "tiles/tile_hashes.h"

#include <algorithm>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "tiles/bundle.h"

namespace scr::tiles {
namespace {

constexpr std::size_t kKeptTiles = 64;  // half a megabyte; a proof needs a dozen

using KeptTiles = std::map<TileId, std::vector<Digest>>;

Result<std::span<const Digest>> hashes_of_tile(const TileId& tile, const ReadTile& read,
                                               KeptTiles& kept) {
  const auto known = kept.find(tile);
  if (known != kept.end()) return std::span<const Digest>(known->second);
  SCR_TRY(bytes, read_or_cut(tile, read));
  SCR_TRY(hashes, at(path_of(tile), split_tile(bytes, tile.width)));
  if (kept.size() >= kKeptTiles) kept.clear();
  return std::span<const Digest>(kept[tile] = std::move(hashes));
}

}  // namespace

Result<std::string> read_or_cut(const TileId& tile, const ReadTile& read) {
  auto bytes = read(tile);
  if (bytes || tile.is_full() || bytes.error().code != ErrorCode::not_found) return bytes;
  TileId full = tile;
  full.width = kFullWidth;
  SCR_TRY(whole, read(full));
  if (!tile.entries) {
    SCR_TRY_VOID(at(path_of(full), split_tile(whole, kFullWidth)));
    return whole.substr(0, tile.width * 32);
  }
  SCR_TRY(entries, at(path_of(full), split_bundle(whole, kFullWidth)));
  std::size_t end = 0;
  for (std::size_t i = 0; i < tile.width; ++i) end += 2 + entries[i].size();
  return whole.substr(0, end);
}

merkle::SubtreeHash hashes_from(merkle::TreeSize size, ReadTile read) {
  auto kept = std::make_shared<KeptTiles>();
  return [size, read = std::move(read), kept](int level, std::uint64_t index) -> Result<Digest> {
    const int tile_level = level / kLevelBits;
    const int height = level % kLevelBits;
    const std::uint64_t first = index << height;  // in hashes of the tile's level
    const std::uint64_t n = first / kFullWidth;
    const std::uint64_t there = size.value() >> (tile_level * kLevelBits);
    const TileId tile{false, tile_level, n, std::min(kFullWidth, there - n * kFullWidth)};
    SCR_TRY(hashes, hashes_of_tile(tile, read, *kept));
    const std::size_t begin = first % kFullWidth;
    return merkle::root_of(hashes.subspan(begin, std::size_t{1} << height));
  };
}

}  // namespace scr::tiles
