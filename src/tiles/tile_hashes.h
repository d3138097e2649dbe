// SPDX-License-Identifier: Apache-2.0
//
// Hashes of a tree, taken from its tiles wherever those lie: what proofs are made of.
//
//   const merkle::SubtreeHash hash = hashes_from(size, read);
//   SCR_TRY(proof, merkle::consistency_proof(old_size, size, hash));
//
// Nothing here is checked against a root: a proof made of it is, by whoever verifies it.
//
// Pure; one thread at a time (the last tiles read are kept).

#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "merkle/proof.h"
#include "merkle/tree.h"
#include "tiles/path.h"

namespace scr::tiles {

// The bytes of a tile of hashes. not_found: there is none; a partial one is then looked for as the
// beginning of the full one.
using ReadTile = std::function<Result<std::string>(const TileId&)>;

// Of the tree of `size` entries. Fails as `read` does, or with bad_input if a tile is not as long
// as its path says.
merkle::SubtreeHash hashes_from(merkle::TreeSize size, ReadTile read);

// The bytes of a tile or bundle, where a partial one is gone the beginning of the full one.
Result<std::string> read_or_cut(const TileId& tile, const ReadTile& read);

}  // namespace scr::tiles
