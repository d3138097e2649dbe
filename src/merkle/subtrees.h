// SPDX-License-Identifier: Apache-2.0
//
// A tree that is at hand whole, each of its complete subtrees hashed once: for many proofs, each of
// which then costs a few hashes instead of the whole tree again.
//
//   const Subtrees tree(leaf_hashes(entries));
//   SCR_TRY(proof, inclusion_proof(index, TreeSize(tree.size()), tree.hashes()));
//
// Takes 64 bytes a leaf. Immutable; any thread.

#pragma once

#include <cstdint>
#include <vector>

#include "base/sha256.h"
#include "merkle/proof.h"

namespace scr::merkle {

class Subtrees {
 public:
  explicit Subtrees(std::vector<Digest> leaves);

  std::uint64_t size() const { return levels_.front().size(); }
  // REQUIRES of whoever asks it: a complete subtree of this tree. Lives no longer than this.
  SubtreeHash hashes() const;

 private:
  std::vector<std::vector<Digest>> levels_;  // [k]: the roots of the subtrees of 2^k leaves
};

}  // namespace scr::merkle
