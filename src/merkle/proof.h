// SPDX-License-Identifier: Apache-2.0
//
// Proofs that an entry is in a tree, and that a tree grew from another: RFC 6962 2.1.1 and 2.1.2,
// verified as in RFC 9162 2.1.3.2 and 2.1.4.2.
//
// The length of a proof follows from index and size alone, and is checked before any hash.
//
// Pure; any thread.

#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "merkle/tree.h"

namespace scr::merkle {

using Proof = std::vector<Digest>;  // sibling hashes, from the leaves up

// The root of the complete subtree of 2^level leaves that begins at leaf index * 2^level.
using SubtreeHash = std::function<Result<Digest>(int level, std::uint64_t index)>;

// REQUIRES: index < size. Fails only as `hash` fails.
Result<Proof> inclusion_proof(LeafIndex index, TreeSize size, const SubtreeHash& hash);

// REQUIRES: old_size <= new_size.
Result<Proof> consistency_proof(TreeSize old_size, TreeSize new_size, const SubtreeHash& hash);

// Reads from a list of leaf hashes; for trees that are at hand whole. Lives no longer than
// `leaves`.
SubtreeHash hashes_of(std::span<const Digest> leaves);

// True if `leaf` stands at `index` in the tree of `size` with `root`.
bool verify_inclusion(const Proof& proof, LeafIndex index, TreeSize size, const Digest& leaf,
                      const Digest& root);

// True if the tree of `new_size` with `new_root` begins with that of `old_size` with `old_root`. A
// proof from size 0 is accepted only in the one form: no hashes, and the empty tree's root.
bool verify_consistency(const Proof& proof, TreeSize old_size, TreeSize new_size,
                        const Digest& old_root, const Digest& new_root);

}  // namespace scr::merkle
