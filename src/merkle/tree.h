// SPDX-License-Identifier: Apache-2.0
//
// The hash tree of the log: RFC 6962 section 2.1.
//
//   RightEdge edge;
//   for (...) edge.append(leaf_hash(entry));
//   Digest root = edge.root();
//
// A tree of n > 1 leaves splits at the largest power of two below n. Nothing is doubled or padded.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/sha256.h"

namespace scr::merkle {

using LeafIndex = Id<struct LeafKind, std::uint64_t>;
using TreeSize = Id<struct TreeSizeKind, std::uint64_t>;

Digest empty_root();                                        // SHA-256("")
Digest leaf_hash(ByteView entry);                           // SHA-256(0x00 || entry)
Digest node_hash(const Digest& left, const Digest& right);  // SHA-256(0x01 || left || right)

// leaf_hash of each, faster than one by one.
std::vector<Digest> leaf_hashes(std::span<const std::string_view> entries);

// The root of a tree with these leaf hashes.
Digest root_of(std::span<const Digest> leaf_hashes);

// A tree of which only the roots of its complete subtrees are kept, largest first: all that is
// needed to append and to know the root. At most 64 hashes.
class RightEdge {
 public:
  RightEdge() = default;
  // `subtrees`: the roots of the complete subtrees of a tree of `size` leaves, largest first: one
  // for each bit that is set in `size`.
  RightEdge(TreeSize size, std::vector<Digest> subtrees);

  void append(const Digest& leaf_hash);
  // Appends a complete subtree of 2^level leaves. REQUIRES: size() is a multiple of 2^level.
  void append_subtree(int level, const Digest& subtree_root);

  TreeSize size() const { return size_; }
  Digest root() const;
  std::span<const Digest> subtrees() const { return subtrees_; }

 private:
  TreeSize size_;
  std::vector<Digest> subtrees_;
};

}  // namespace scr::merkle
