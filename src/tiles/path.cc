// SPDX-License-Identifier: Apache-2.0
#include "tiles/path.h"

#include "base/check.h"
#include "base/decimal.h"

namespace scr::tiles {
namespace {

std::string grouped(std::uint64_t n) {
  std::string digits = std::to_string(n);
  digits.insert(0, (3 - digits.size() % 3) % 3, '0');
  std::string path;
  for (std::size_t i = 0; i < digits.size(); i += 3) {
    const bool last = i + 3 == digits.size();
    path += (last ? "" : "x") + digits.substr(i, 3) + (last ? "" : "/");
  }
  return path;
}

std::uint64_t tiles_below(std::uint64_t size, int level) {
  const int shift = level * kLevelBits;
  return shift >= 64 ? 0 : size >> shift;
}

// The number that starts `text` in groups, and what stands behind it.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::string digits;
  bool more = true;
  while (more) {
    more = text.starts_with('x');
    if (more) text.remove_prefix(1);
    if (text.size() < 3) return std::nullopt;
    digits += text.substr(0, 3);
    text.remove_prefix(3);
    if (!more) break;
    if (!text.starts_with('/')) return std::nullopt;
    text.remove_prefix(1);
  }
  const std::size_t first = digits.find_first_not_of('0');
  const auto n = parse_decimal(first == std::string::npos ? "0" : digits.substr(first));
  return n;
}

}  // namespace

std::string path_of(const TileId& tile) {
  SCR_CHECK(tile.level >= 0 && tile.level <= 63 && tile.width >= 1 && tile.width <= kFullWidth);
  SCR_CHECK(!tile.entries || tile.level == 0);
  std::string path = "tile/" + (tile.entries ? "entries" : std::to_string(tile.level)) + "/";
  path += grouped(tile.n);
  if (!tile.is_full()) path += ".p/" + std::to_string(tile.width);
  return path;
}

std::optional<TileId> parse_path(std::string_view path) {
  const std::string_view whole = path;
  if (!path.starts_with("tile/")) return std::nullopt;
  path.remove_prefix(5);
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  TileId tile;
  tile.entries = path.substr(0, slash) == "entries";
  if (!tile.entries) {
    const auto level = parse_decimal(path.substr(0, slash));
    if (!level || *level > 63) return std::nullopt;
    tile.level = static_cast<int>(*level);
  }
  path.remove_prefix(slash + 1);
  const auto n = take_number(path);
  if (!n) return std::nullopt;
  tile.n = *n;
  if (!path.empty()) {
    if (!path.starts_with(".p/")) return std::nullopt;
    const auto width = parse_decimal(path.substr(3));
    if (!width || *width < 1 || *width >= kFullWidth) return std::nullopt;
    tile.width = *width;
  }
  // One path for each tile: leading groups of zeros and the like do not come back the same.
  if (path_of(tile) != whole) return std::nullopt;
  return tile;
}

std::uint64_t partial_width(merkle::TreeSize size, int level) {
  return tiles_below(size.value(), level) % kFullWidth;
}

std::vector<TileId> hash_tiles(merkle::TreeSize size) {
  std::vector<TileId> tiles;
  for (int level = 0; tiles_below(size.value(), level) > 0; ++level) {
    const std::uint64_t full = tiles_below(size.value(), level + 1);
    for (std::uint64_t n = 0; n < full; ++n) tiles.push_back({false, level, n, kFullWidth});
    const std::uint64_t width = partial_width(size, level);
    if (width > 0) tiles.push_back({false, level, full, width});
  }
  return tiles;
}

std::vector<TileId> entry_bundles(merkle::TreeSize size) {
  std::vector<TileId> bundles;
  const std::uint64_t full = size.value() / kFullWidth;
  for (std::uint64_t n = 0; n < full; ++n) bundles.push_back({true, 0, n, kFullWidth});
  const std::uint64_t width = size.value() % kFullWidth;
  if (width > 0) bundles.push_back({true, 0, full, width});
  return bundles;
}

}  // namespace scr::tiles
