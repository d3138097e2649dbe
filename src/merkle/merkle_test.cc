// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gtest/gtest.h>

#include "merkle/proof.h"
#include "merkle/subtrees.h"
#include "merkle/tree.h"
#include "tests/known_answers/known.h"

namespace scr::merkle {
namespace {

Known vectors() {
  return Known::file("log.json");
}

Digest digest(const Known& hex) {
  return *Digest::from_hex_text(hex.get<std::string>());
}

Proof proof(const Known& hashes) {
  Proof proof;
  for (const auto& hash : hashes) proof.push_back(digest(hash));
  return proof;
}

std::vector<Digest> record_leaves(std::size_t size) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < size; ++i) {
    leaves.push_back(leaf_hash(bytes_of("record " + std::to_string(i))));
  }
  return leaves;
}

// The definition, word for word: the stupid twin of RightEdge.
Digest recursive_root(std::span<const Digest> leaves) {
  if (leaves.empty()) return sha256({});
  if (leaves.size() == 1) return leaves[0];
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return node_hash(recursive_root(leaves.first(k)), recursive_root(leaves.subspan(k)));
}

TEST(Hashes, KnownAnswersOfRfc6962) {
  for (const auto& v : vectors()["rfc6962_hash"]) {
    const std::string kind = v["kind"];
    if (kind == "empty_root") EXPECT_EQ(empty_root(), digest(v["out_hex"]));
    if (kind == "leaf")
      EXPECT_EQ(leaf_hash(*from_hex(v["in_hex"].get<std::string>())), digest(v["out_hex"]));
  }
}

TEST(Tree, KnownRootsAndLeaves) {
  const auto& tree = vectors()["tree8"];
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < 8; ++i) {
    leaves.push_back(leaf_hash(*from_hex(tree["leaves_hex"][i].get<std::string>())));
    EXPECT_EQ(leaves.back(), digest(tree["leaf_hashes_hex"][i]));
    EXPECT_EQ(root_of(leaves), digest(tree["roots_hex"][i + 1]));
  }
  for (const auto& v : vectors()["record_tree"]["roots"]) {
    EXPECT_EQ(root_of(record_leaves(v["size"])), digest(v["root_hex"])) << v["size"];
  }
}

TEST(Tree, EdgeAgreesWithTheDefinition) {
  const auto leaves = record_leaves(130);
  RightEdge edge;
  for (std::size_t n = 0; n <= leaves.size(); ++n) {
    EXPECT_EQ(edge.root(), recursive_root(std::span(leaves).first(n)));
    if (n < leaves.size()) edge.append(leaves[n]);
  }
}

TEST(Tree, SubtreesAppendedWholeGiveTheSameRoot) {
  const auto leaves = record_leaves(96);
  RightEdge edge;
  edge.append_subtree(6, root_of(std::span(leaves).first(64)));
  edge.append_subtree(5, root_of(std::span(leaves).subspan(64)));
  EXPECT_EQ(edge.root(), root_of(leaves));
  EXPECT_EQ(edge.size(), TreeSize(96));
}

TEST(Inclusion, KnownProofs) {
  for (const char* name : {"tree8", "record_tree"}) {
    const bool small = std::string(name) == "tree8";
    for (const auto& v : vectors()[name]["inclusion"]) {
      const std::uint64_t size = v["size"];
      std::vector<Digest> leaves;
      if (small) {
        for (std::size_t i = 0; i < size; ++i)
          leaves.push_back(digest(vectors()[name]["leaf_hashes_hex"][i]));
      } else {
        leaves = record_leaves(size);
      }
      const LeafIndex index(v["index"].get<std::uint64_t>());
      const auto made = inclusion_proof(index, TreeSize(size), hashes_of(leaves));
      ASSERT_TRUE(made);
      EXPECT_EQ(*made, proof(v["proof_hex"]));
      EXPECT_TRUE(
          verify_inclusion(*made, index, TreeSize(size), leaves[index.value()], root_of(leaves)));
    }
  }
}

TEST(Subtrees, ProveTheSameAsTheLeavesThemselves) {
  for (const std::size_t size : {1u, 2u, 3u, 7u, 8u, 21u, 64u, 65u}) {
    const auto leaves = record_leaves(size);
    const Subtrees tree(leaves);
    EXPECT_EQ(tree.size(), size);
    for (std::size_t i = 0; i < size; ++i) {
      EXPECT_EQ(*inclusion_proof(LeafIndex(i), TreeSize(size), tree.hashes()),
                *inclusion_proof(LeafIndex(i), TreeSize(size), hashes_of(leaves)));
    }
  }
}

TEST(Consistency, KnownProofs) {
  const auto& tree = vectors()["tree8"];
  for (const auto& v : tree["consistency"]) {
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < v["new"].get<std::size_t>(); ++i)
      leaves.push_back(digest(tree["leaf_hashes_hex"][i]));
    const TreeSize before(v["old"].get<std::uint64_t>()), after(v["new"].get<std::uint64_t>());
    const auto made = consistency_proof(before, after, hashes_of(leaves));
    ASSERT_TRUE(made);
    EXPECT_EQ(*made, proof(v["proof_hex"]));
    EXPECT_TRUE(verify_consistency(*made, before, after, digest(tree["roots_hex"][before.value()]),
                                   root_of(leaves)));
  }
}

TEST(Proofs, AllThatMustBeRejectedAre) {
  int seen = 0;
  for (const auto& v : vectors()["must_reject_proofs"]["cases"]) {
    ++seen;
    if (v["type"] == "inclusion") {
      EXPECT_FALSE(verify_inclusion(proof(v["proof_hex"]),
                                    LeafIndex(v["index"].get<std::uint64_t>()),
                                    TreeSize(v["size"].get<std::uint64_t>()),
                                    digest(v["leaf_hash_hex"]), digest(v["root_hex"])))
          << v["why"];
    } else {
      const auto key = [&](const char* a, const char* b) { return v.contains(a) ? v[a] : v[b]; };
      EXPECT_FALSE(verify_consistency(
          proof(v["proof_hex"]), TreeSize(v["old"].get<std::uint64_t>()),
          TreeSize(v["new"].get<std::uint64_t>()), digest(key("old_root_hex", "root1_hex")),
          digest(key("new_root_hex", "root2_hex"))))
          << v["why"];
    }
  }
  EXPECT_EQ(seen, 129);
}

TEST(Proofs, HoldForEverySmallTreeAndForNoOther) {
  const auto leaves = record_leaves(20);
  for (std::uint64_t size = 1; size <= leaves.size(); ++size) {
    const auto some = std::span(leaves).first(size);
    const Digest root = root_of(some);
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto made = *inclusion_proof(LeafIndex(index), TreeSize(size), hashes_of(some));
      EXPECT_TRUE(verify_inclusion(made, LeafIndex(index), TreeSize(size), leaves[index], root));
      EXPECT_FALSE(
          verify_inclusion(made, LeafIndex(index), TreeSize(size), leaves[(index + 1) % 20], root));
      EXPECT_FALSE(verify_inclusion(made, LeafIndex((index + 1) % size), TreeSize(size),
                                    leaves[index], root) &&
                   size > 1);
    }
    for (std::uint64_t before = 0; before <= size; ++before) {
      const auto made = *consistency_proof(TreeSize(before), TreeSize(size), hashes_of(some));
      const Digest old_root = root_of(some.first(before));
      EXPECT_TRUE(verify_consistency(made, TreeSize(before), TreeSize(size), old_root, root))
          << before << "-" << size;
      if (before < size)
        EXPECT_FALSE(verify_consistency(made, TreeSize(before), TreeSize(size), root, root));
    }
  }
}

}  // namespace
}  // namespace scr::merkle
