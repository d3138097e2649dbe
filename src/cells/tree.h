// SPDX-License-Identifier: Apache-2.0
//
// A picture as the leaves of a hash tree, each with a salt of its own, so that some can be shown
// and proved while the others stay unknown: nobody can try what might stand in a hidden one.
//
//   std::vector<Digest> leaves = ...leaf_hash(salts[i], i, content)...;   // salts = salts_of(seed,
//   n) Digest root = merkle::root_of(leaves);                                // goes into the log
//   std::vector<Digest> nodes = prove(leaves, seed, mask);                // goes with what is
//   shown SCR_TRY(same, root_from(nodes, n, mask, content_hash));               // anybody
//
// The hash tree is that of RFC 6962. The salts are the leaves of a tree of the same shape, grown
// from one seed (Goldreich, Goldwasser, Micali 1986): who knows the seed of a subtree knows all
// salts below it and no other. So a proof has, for each largest subtree that is shown whole, its
// seed; for each that is hidden whole, its hash; from left to right.
//
// Format: docs/formats/redaction.md. Pure; any thread.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"
#include "cells/mask.h"

namespace scr::cells {

// Secret until what grows from it is shown.
struct Seed {
  std::array<std::byte, 32> bytes{};

  friend bool operator==(const Seed&, const Seed&) = default;
};
using Salt = Seed;  // the seed of a single leaf

// HMAC-SHA-256(seed, 00) for the left subtree, HMAC-SHA-256(seed, 01) for the right one.
Seed seed_below(const Seed& seed, bool right);

// REQUIRES: 1 <= leaves <= Mask::kMostLeaves; below too.
std::vector<Salt> salts_of(const Seed& seed, std::uint32_t leaves);

// SHA-256(00 || salt || leaf as four bytes, highest first || content).
Digest leaf_hash(const Salt& salt, std::uint32_t leaf, ByteView content);

// How many nodes a proof has.
std::size_t proof_size(std::uint32_t leaves, const Mask& mask);

// The nodes of the proof. REQUIRES: the mask hides no leaf that is not there.
std::vector<Digest> prove(std::span<const Digest> leaf_hashes, const Seed& seed, const Mask& mask);

// The root that follows from a proof. `hash_of(leaf, salt)`: leaf_hash of what is shown there.
// bad_input if there are not just as many nodes as it takes, or the mask hides what is not there.
Result<Digest> root_from(
    std::span<const Digest> nodes, std::uint32_t leaves, const Mask& mask,
    const std::function<Digest(std::uint32_t leaf, const Salt& salt)>& hash_of);

}  // namespace scr::cells
