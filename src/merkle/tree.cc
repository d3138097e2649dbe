// SPDX-License-Identifier: Apache-2.0
#include "merkle/tree.h"

#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "base/check.h"

namespace scr::merkle {

Digest empty_root() {
  return sha256({});
}

Digest leaf_hash(ByteView entry) {
  return sha256_prefixed(std::byte{0}, entry);
}

Digest node_hash(const Digest& left, const Digest& right) {
  std::array<std::byte, 64> children;
  std::memcpy(children.data(), left.bytes.data(), 32);
  std::memcpy(children.data() + 32, right.bytes.data(), 32);
  return sha256_prefixed(std::byte{1}, children);
}

std::vector<Digest> leaf_hashes(std::span<const std::string_view> entries) {
  std::vector<ByteView> messages(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) messages[i] = bytes_of(entries[i]);
  std::vector<Digest> hashes(entries.size());
  sha256_prefixed_each(std::byte{0}, messages, hashes);
  return hashes;
}

// Level by level: neighbours are joined, and a last one without neighbour goes up as it is, which
// is the split at the largest power of two, seen from below.
Digest root_of(std::span<const Digest> leaf_hashes) {
  if (leaf_hashes.empty()) return empty_root();
  std::vector<Digest> level(leaf_hashes.begin(), leaf_hashes.end());
  std::vector<ByteView> pairs;
  std::vector<Digest> above;
  while (level.size() > 1) {
    pairs.clear();
    for (std::size_t i = 0; i + 1 < level.size(); i += 2) {
      pairs.push_back(std::as_bytes(std::span(level).subspan(i, 2)));
    }
    above.resize(pairs.size());
    sha256_prefixed_each(std::byte{1}, pairs, above);
    if (level.size() % 2 == 1) above.push_back(level.back());
    std::swap(level, above);
  }
  return level.front();
}
static_assert(sizeof(Digest) == 32);  // two in a row are the 64 bytes of a node

RightEdge::RightEdge(TreeSize size, std::vector<Digest> subtrees)
    : size_(size), subtrees_(std::move(subtrees)) {
  SCR_CHECK(static_cast<std::size_t>(std::popcount(size.value())) == subtrees_.size());
}

void RightEdge::append(const Digest& leaf_hash) {
  append_subtree(0, leaf_hash);
}

void RightEdge::append_subtree(int level, const Digest& subtree_root) {
  const std::uint64_t width = std::uint64_t{1} << level;
  SCR_CHECK(size_.value() % width == 0);
  Digest hash = subtree_root;
  // As in adding one to a binary number: each carry joins two subtrees of the same size.
  for (std::uint64_t carry = size_.value() >> level; (carry & 1u) != 0; carry >>= 1) {
    hash = node_hash(subtrees_.back(), hash);
    subtrees_.pop_back();
  }
  subtrees_.push_back(hash);
  size_ = TreeSize(size_.value() + width);
}

Digest RightEdge::root() const {
  if (subtrees_.empty()) return empty_root();
  Digest hash = subtrees_.back();
  for (std::size_t i = subtrees_.size() - 1; i > 0; --i) hash = node_hash(subtrees_[i - 1], hash);
  return hash;
}

}  // namespace scr::merkle
