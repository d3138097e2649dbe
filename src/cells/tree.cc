// SPDX-License-Identifier: Apache-2.0
//
// Both trees split n > 1 leaves at the largest power of two below n.
#include "cells/tree.h"

#include <bit>
#include <cstring>

#include "base/check.h"
#include "merkle/tree.h"

namespace scr::cells {
namespace {

struct Span {
  std::uint32_t first = 0;
  std::uint32_t end = 0;

  bool single() const { return end - first == 1; }
  std::uint32_t split() const { return first + std::bit_floor(end - first - 1); }
  Span left() const { return {first, split()}; }
  Span right() const { return {split(), end}; }
};

void grow(const Seed& seed, Span span, std::vector<Salt>& salts) {
  if (span.single()) {
    salts.push_back(seed);
    return;
  }
  grow(seed_below(seed, false), span.left(), salts);
  grow(seed_below(seed, true), span.right(), salts);
}

void collect(std::span<const Digest> hashes, const Seed& seed, const Mask& mask, Span span,
             std::vector<Digest>& nodes) {
  if (!mask.hides_any(span.first, span.end)) {
    nodes.push_back({seed.bytes});
  } else if (mask.hides_all(span.first, span.end)) {
    nodes.push_back(merkle::root_of(hashes.subspan(span.first, span.end - span.first)));
  } else {
    collect(hashes, seed_below(seed, false), mask, span.left(), nodes);
    collect(hashes, seed_below(seed, true), mask, span.right(), nodes);
  }
}

std::size_t nodes_in(const Mask& mask, Span span) {
  if (!mask.hides_any(span.first, span.end) || mask.hides_all(span.first, span.end)) return 1;
  return nodes_in(mask, span.left()) + nodes_in(mask, span.right());
}

class Rebuild {
 public:
  Rebuild(std::span<const Digest> nodes, const Mask& mask,
          const std::function<Digest(std::uint32_t, const Salt&)>& hash_of)
      : nodes_(nodes), mask_(mask), hash_of_(hash_of) {}

  Digest root(Span span) {
    if (!mask_.hides_any(span.first, span.end)) return shown({next().bytes}, span);
    if (mask_.hides_all(span.first, span.end)) return next();
    const Digest left = root(span.left());
    return merkle::node_hash(left, root(span.right()));
  }

 private:
  Digest shown(const Seed& seed, Span span) const {
    if (span.single()) return hash_of_(span.first, seed);
    const Digest left = shown(seed_below(seed, false), span.left());
    return merkle::node_hash(left, shown(seed_below(seed, true), span.right()));
  }
  const Digest& next() { return nodes_[at_++]; }

  std::span<const Digest> nodes_;
  const Mask& mask_;
  const std::function<Digest(std::uint32_t, const Salt&)>& hash_of_;
  std::size_t at_ = 0;
};

}  // namespace

Seed seed_below(const Seed& seed, bool right) {
  const std::byte side{right ? std::uint8_t{1} : std::uint8_t{0}};
  return {hmac_sha256(seed.bytes, {&side, 1}).bytes};
}

std::vector<Salt> salts_of(const Seed& seed, std::uint32_t leaves) {
  SCR_CHECK(leaves >= 1 && leaves <= Mask::kMostLeaves);
  std::vector<Salt> salts;
  salts.reserve(leaves);
  grow(seed, {0, leaves}, salts);
  return salts;
}

Digest leaf_hash(const Salt& salt, std::uint32_t leaf, ByteView content) {
  std::array<std::byte, 1 + 32 + 4> before{};  // the first byte, 00, says that it is a leaf
  std::memcpy(before.data() + 1, salt.bytes.data(), 32);
  for (std::size_t i = 0; i < 4; ++i) before[33 + i] = static_cast<std::byte>(leaf >> (24 - 8 * i));
  return Sha256().add(before).add(content).finish();
}

std::size_t proof_size(std::uint32_t leaves, const Mask& mask) {
  SCR_CHECK(leaves >= 1 && leaves <= Mask::kMostLeaves);
  return nodes_in(mask, {0, leaves});
}

std::vector<Digest> prove(std::span<const Digest> leaf_hashes, const Seed& seed, const Mask& mask) {
  SCR_CHECK(!leaf_hashes.empty() && mask.last() < leaf_hashes.size());
  std::vector<Digest> nodes;
  collect(leaf_hashes, seed, mask, {0, static_cast<std::uint32_t>(leaf_hashes.size())}, nodes);
  return nodes;
}

Result<Digest> root_from(std::span<const Digest> nodes, std::uint32_t leaves, const Mask& mask,
                         const std::function<Digest(std::uint32_t, const Salt&)>& hash_of) {
  if (leaves < 1 || leaves > Mask::kMostLeaves || mask.last() >= leaves) {
    return fail(ErrorCode::bad_input, "the mask hides cells that are not there", "proof");
  }
  if (nodes.size() != proof_size(leaves, mask)) {
    return fail(ErrorCode::bad_input, "the proof has not just as many nodes as it takes", "proof");
  }
  return Rebuild(nodes, mask, hash_of).root({0, leaves});
}

}  // namespace scr::cells
