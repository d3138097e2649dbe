// SPDX-License-Identifier: Apache-2.0
#include "merkle/proof.h"

#include <bit>
#include <utility>

#include "base/check.h"

namespace scr::merkle {
namespace {

// Largest power of two below n. REQUIRES: n > 1.
std::uint64_t split_of(std::uint64_t n) {
  return std::bit_floor(n - 1);
}

// The hash of leaves [begin, begin + count), of which every subtree that RFC 6962 names is complete
// or hangs on the right edge.
Result<Digest> range_hash(std::uint64_t begin, std::uint64_t count, const SubtreeHash& hash) {
  if (std::has_single_bit(count)) {
    const int level = std::countr_zero(count);
    return hash(level, begin >> level);
  }
  const std::uint64_t left_count = split_of(count);
  SCR_TRY(left, range_hash(begin, left_count, hash));
  SCR_TRY(right, range_hash(begin + left_count, count - left_count, hash));
  return node_hash(left, right);
}

Result<void> add_inclusion(std::uint64_t index, std::uint64_t begin, std::uint64_t count,
                           const SubtreeHash& hash, Proof& proof) {
  if (count == 1) return {};
  const std::uint64_t split = split_of(count);
  const bool in_left = index < split;
  SCR_TRY_VOID(in_left ? add_inclusion(index, begin, split, hash, proof)
                       : add_inclusion(index - split, begin + split, count - split, hash, proof));
  SCR_TRY(sibling, in_left ? range_hash(begin + split, count - split, hash)
                           : range_hash(begin, split, hash));
  proof.push_back(sibling);
  return {};
}

// RFC 6962 2.1.2, SUBPROOF(m, D[begin : begin + count], whole).
Result<void> add_consistency(std::uint64_t m, std::uint64_t begin, std::uint64_t count, bool whole,
                             const SubtreeHash& hash, Proof& proof) {
  if (m == count) {
    if (whole) return {};
    SCR_TRY(subtree, range_hash(begin, count, hash));
    proof.push_back(subtree);
    return {};
  }
  const std::uint64_t split = split_of(count);
  const bool in_left = m <= split;
  SCR_TRY_VOID(in_left
                   ? add_consistency(m, begin, split, whole, hash, proof)
                   : add_consistency(m - split, begin + split, count - split, false, hash, proof));
  SCR_TRY(sibling, in_left ? range_hash(begin + split, count - split, hash)
                           : range_hash(begin, split, hash));
  proof.push_back(sibling);
  return {};
}

std::size_t inclusion_length(std::uint64_t index, std::uint64_t size) {
  // Levels below the point where the paths of `index` and of the last leaf part, then one hash for
  // each left turn that is left.
  const auto inner = static_cast<std::size_t>(std::bit_width(index ^ (size - 1)));
  return inner + static_cast<std::size_t>(inner < 64 ? std::popcount(index >> inner) : 0);
}

}  // namespace

Result<Proof> inclusion_proof(LeafIndex index, TreeSize size, const SubtreeHash& hash) {
  SCR_CHECK(index.value() < size.value());
  Proof proof;
  SCR_TRY_VOID(add_inclusion(index.value(), 0, size.value(), hash, proof));
  return proof;
}

Result<Proof> consistency_proof(TreeSize old_size, TreeSize new_size, const SubtreeHash& hash) {
  SCR_CHECK(old_size <= new_size);
  Proof proof;
  if (old_size.value() == 0 || old_size == new_size) return proof;
  SCR_TRY_VOID(add_consistency(old_size.value(), 0, new_size.value(), true, hash, proof));
  return proof;
}

SubtreeHash hashes_of(std::span<const Digest> leaves) {
  return [leaves](int level, std::uint64_t index) -> Result<Digest> {
    const std::uint64_t width = std::uint64_t{1} << level;
    SCR_CHECK((index + 1) * width <= leaves.size());
    return root_of(leaves.subspan(index * width, width));
  };
}

bool verify_inclusion(const Proof& proof, LeafIndex index, TreeSize size, const Digest& leaf,
                      const Digest& root) {
  if (index.value() >= size.value()) return false;
  if (proof.size() != inclusion_length(index.value(), size.value())) return false;
  std::uint64_t fn = index.value();
  std::uint64_t sn = size.value() - 1;
  Digest hash = leaf;
  for (const Digest& p : proof) {
    if (sn == 0) return false;
    if ((fn & 1u) != 0 || fn == sn) {
      hash = node_hash(p, hash);
      while ((fn & 1u) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      hash = node_hash(hash, p);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && hash == root;
}

bool verify_consistency(const Proof& proof, TreeSize old_size, TreeSize new_size,
                        const Digest& old_root, const Digest& new_root) {
  if (old_size > new_size) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  if (old_size.value() == 0) return proof.empty() && old_root == empty_root();
  std::uint64_t fn = old_size.value() - 1;
  std::uint64_t sn = new_size.value() - 1;
  while ((fn & 1u) != 0) {
    fn >>= 1;
    sn >>= 1;
  }
  std::size_t next = 0;
  // A power of two is itself a node of the new tree, and need not be told.
  const bool told = !std::has_single_bit(old_size.value());
  if (told && proof.empty()) return false;
  Digest old_hash = told ? proof[next++] : old_root;
  Digest new_hash = old_hash;
  for (; next < proof.size(); ++next) {
    if (sn == 0) return false;
    const Digest& p = proof[next];
    if ((fn & 1u) != 0 || fn == sn) {
      old_hash = node_hash(p, old_hash);
      new_hash = node_hash(p, new_hash);
      while ((fn & 1u) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      new_hash = node_hash(new_hash, p);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace scr::merkle
