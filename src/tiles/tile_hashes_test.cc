// SPDX-License-Identifier: Apache-2.0
#include "tiles/tile_hashes.h"

#include <gtest/gtest.h>

#include "tiles/bundle.h"

namespace scr::tiles {
namespace {

std::vector<Digest> made_leaves(std::size_t count) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < count; ++i)
    leaves.push_back(merkle::leaf_hash(bytes_of(std::to_string(i))));
  return leaves;
}

// Tiles by the recursive definition, from all leaves; only full ones if `without_partial`.
ReadTile tiles_of(const std::vector<Digest>& leaves, bool without_partial = false) {
  return [&leaves, without_partial](const TileId& tile) -> Result<std::string> {
    if (without_partial && !tile.is_full()) return fail(ErrorCode::not_found, "dropped");
    std::vector<Digest> hashes;
    const std::uint64_t each = std::uint64_t{1} << (tile.level * kLevelBits);
    for (std::uint64_t i = 0; i < tile.width; ++i) {
      const std::uint64_t begin = (tile.n * kFullWidth + i) * each;
      if (begin + each > leaves.size()) return fail(ErrorCode::not_found, "beyond the tree");
      hashes.push_back(merkle::root_of(std::span(leaves).subspan(begin, each)));
    }
    return join_tile(hashes);
  };
}

TEST(HashesFrom, MakeTheProofsThatTheLeavesMake) {
  const std::vector<Digest> leaves = made_leaves(70'000);
  for (const std::uint64_t size : {1u, 255u, 256u, 257u, 600u, 65'536u, 65'537u, 70'000u}) {
    const auto from_tiles = hashes_from(merkle::TreeSize(size), tiles_of(leaves));
    for (const std::uint64_t old : {1u, 2u, 100u, 255u, 256u, 300u, 512u, 65'535u}) {
      if (old > size) continue;
      const auto proof =
          merkle::consistency_proof(merkle::TreeSize(old), merkle::TreeSize(size), from_tiles);
      ASSERT_TRUE(proof) << to_string(proof.error());
      EXPECT_TRUE(merkle::verify_consistency(*proof, merkle::TreeSize(old), merkle::TreeSize(size),
                                             merkle::root_of(std::span(leaves).first(old)),
                                             merkle::root_of(std::span(leaves).first(size))));
    }
  }
}

TEST(HashesFrom, TakeTheFullTileWhereThePartialOneIsGone) {
  const std::vector<Digest> leaves = made_leaves(600);
  const auto hash = hashes_from(merkle::TreeSize(300), tiles_of(leaves, true));
  EXPECT_EQ(hash(5, 8).value(), merkle::root_of(std::span(leaves).subspan(256, 32)));
}

TEST(HashesFrom, RefuseATileOfAnotherLengthThanItsPathSays) {
  const auto hash = hashes_from(
      merkle::TreeSize(3), [](const TileId&) { return Result<std::string>(std::string(64, 'x')); });
  EXPECT_EQ(hash(0, 0).error().code, ErrorCode::bad_input);
}

}  // namespace
}  // namespace scr::tiles
