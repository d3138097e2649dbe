// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gtest/gtest.h>

#include "tests/known_answers/known.h"
#include "tiles/bundle.h"
#include "tiles/path.h"

namespace scr::tiles {
namespace {

using merkle::TreeSize;

Known vectors() {
  return Known::file("log.json");
}

TileId tile_of(const Known& v, bool entries) {
  const std::uint64_t width = v["w"];
  return {entries, entries ? 0 : v["level"].get<int>(), std::stoull(v["n"].get<std::string>()),
          width == 0 ? kFullWidth : width};
}

TEST(Path, KnownOnesBothWays) {
  for (const bool entries : {false, true}) {
    for (const auto& v : vectors()["paths"][entries ? "entries" : "tile"]) {
      const TileId tile = tile_of(v, entries);
      EXPECT_EQ(path_of(tile), v["path"]);
      EXPECT_EQ(parse_path(v["path"].get<std::string>()), tile);
    }
  }
}

TEST(Path, HasOneSpelling) {
  for (const auto& bad : vectors()["paths"]["parse_must_fail"]) {
    EXPECT_FALSE(parse_path(bad.get<std::string>())) << bad;
  }
  for (const char* bad : {"", "tile", "tile/", "tile/0/", "tile/entries/", "tile/0/000/",
                          "/tile/0/000", "tile/x/000", "tile/0/0000"}) {
    EXPECT_FALSE(parse_path(bad)) << bad;
  }
}

TEST(Geometry, KnownWidths) {
  for (const auto& v : vectors()["geometry"]["cases"]) {
    const TreeSize size(v["size"].get<std::uint64_t>());
    std::map<int, std::pair<std::uint64_t, std::uint64_t>>
        seen;  // level -> full tiles, partial width
    if (size.value() > 1'000'000)
      continue;  // the list of tiles would be long; widths are checked below
    for (const TileId& tile : hash_tiles(size)) {
      if (tile.is_full())
        ++seen[tile.level].first;
      else
        seen[tile.level].second = tile.width;
    }
    EXPECT_EQ(seen.size(), v["levels"].size()) << size.value();
    for (const auto& level : v["levels"]) {
      const auto& [full, partial] = seen[level["level"].get<int>()];
      EXPECT_EQ(full, level["full"].get<std::uint64_t>()) << v;
      EXPECT_EQ(partial, level["partial_width"].get<std::uint64_t>()) << v;
    }
  }
}

TEST(Bundle, KnownBytes) {
  const auto& v = vectors()["record_tree"]["entry_bundle"];
  std::string bundle;
  for (int i = 0; i < 3; ++i) append_entry(bundle, "record " + std::to_string(i));
  EXPECT_EQ(to_hex(bytes_of(bundle)), v["bytes_hex"]);
  const auto back = split_bundle(bundle, 3);
  ASSERT_TRUE(back);
  EXPECT_EQ((*back)[2], "record 2");
}

TEST(Bundle, CutAnywhereOrOfAnotherWidthIsRefused) {
  std::string bundle;
  for (int i = 0; i < 3; ++i) append_entry(bundle, "record " + std::to_string(i));
  for (std::size_t size = 0; size < bundle.size(); ++size)
    EXPECT_FALSE(split_bundle(bundle.substr(0, size), 3));
  EXPECT_FALSE(split_bundle(bundle, 2));
  EXPECT_FALSE(split_bundle(bundle, 4));
  EXPECT_TRUE(split_bundle("", 0));
  EXPECT_FALSE(split_tile(std::string(64, 'x'), 1));
  EXPECT_TRUE(split_tile(std::string(64, 'x'), 2));
}

}  // namespace
}  // namespace scr::tiles
