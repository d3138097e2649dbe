// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "cells/mask.h"
#include "cells/proof.h"
#include "cells/secret.h"
#include "cells/tree.h"
#include "merkle/tree.h"

namespace scr::cells {
namespace {

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t operator()() { return static_cast<std::uint32_t>(engine_()); }

 private:
  std::mt19937 engine_;
};

Seed seed_of(std::uint8_t n) {
  Seed seed;
  seed.bytes.fill(static_cast<std::byte>(n));
  return seed;
}

std::string content_of(std::uint32_t leaf) {
  return "cell " + std::to_string(leaf);
}

std::vector<Digest> hashes_of_cells(const Seed& seed, std::uint32_t n) {
  const std::vector<Salt> salts = salts_of(seed, n);
  std::vector<Digest> hashes;
  for (std::uint32_t i = 0; i < n; ++i)
    hashes.push_back(leaf_hash(salts[i], i, bytes_of(content_of(i))));
  return hashes;
}

Digest hash_of_content(std::uint32_t leaf, const Salt& salt) {
  return leaf_hash(salt, leaf, bytes_of(content_of(leaf)));
}

Mask random_mask(Random& random, std::uint32_t n) {
  std::vector<std::uint32_t> leaves;
  for (std::uint32_t i = 1; i < n; ++i) {
    if (random() % 3 == 0) leaves.push_back(i);
  }
  return Mask::of(leaves);
}

TEST(Mask, HasOneSpelling) {
  EXPECT_EQ(Mask::of({88, 17, 18, 17}).text(), "17-18 88");
  EXPECT_EQ(Mask::of({}).text(), "none");
  for (const char* text : {"none", "1", "1-2", "17-18 88", "1 3 5-900"}) {
    const auto mask = Mask::parse(text);
    ASSERT_TRUE(mask) << text;
    EXPECT_EQ(mask->text(), text);
  }
  for (const char* text : {"", "0", "0-3", "5-5", "6-5", "1-2 3", "3 1", "1  3", " 1", "1 ", "01",
                           "1-", "-1", "1048576", "none 1", "1,2", "1-2-3", "NONE"}) {
    EXPECT_FALSE(Mask::parse(text)) << text;
  }
}

TEST(Mask, KnowsWhatItHides) {
  const Mask mask = *Mask::parse("3-5 9");
  EXPECT_EQ(mask.count(), 4u);
  EXPECT_TRUE(mask.hides(3) && mask.hides(5) && mask.hides(9));
  EXPECT_FALSE(mask.hides(2) || mask.hides(6) || mask.hides(8) || mask.hides(10));
  EXPECT_TRUE(mask.hides_all(3, 6));
  EXPECT_FALSE(mask.hides_all(3, 7));
  EXPECT_TRUE(mask.hides_any(6, 10));
  EXPECT_FALSE(mask.hides_any(6, 9));
}

TEST(Salts, AreAllDifferentAndGrowFromTheSeed) {
  const auto salts = salts_of(seed_of(1), 11);
  ASSERT_EQ(salts.size(), 11u);
  for (std::size_t i = 0; i < salts.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) EXPECT_NE(salts[i], salts[k]);
  }
  EXPECT_EQ(salts[10], seed_below(seed_below(seed_of(1), true), true)) << "11 = 8 + (2 + 1)";
  EXPECT_EQ(salts_of(seed_of(1), 1).front(), seed_of(1));
}

// An attentive person with SHA-256 and HMAC at hand gets the same (python3: hashlib, hmac).
TEST(Tree, KnownAnswer) {
  const auto hashes = hashes_of_cells(seed_of(7), 5);
  EXPECT_EQ(merkle::root_of(hashes).hex(),
            "f202b2c51824430f8930719d3bf75309e1fbe86cc25d3f01ef3e242eaa5c7c41");
}

TEST(Secret, KnownAnswers) {
  VaultKey key;
  key.bytes.fill(std::byte{5});
  const Digest original = sha256(bytes_of("original"));
  const PictureSecret secret = secret_of(key, original);
  EXPECT_EQ(to_hex(file_salt(secret).bytes),
            "3530185a56010199a48a46f02d0f98475ae5b9e10f7ba7e3b302c890ce3cd775");
  EXPECT_EQ(to_hex(cell_seed(secret).bytes),
            "8d6e2e7330df3133c89317c145f7abd99837ed26a51017af6ade9785bade30a5");
  EXPECT_EQ(file_commitment(file_salt(secret), original).hex(),
            "9a085579987f2a8bfe5124a60bf09c3a3cee151d8dc646a746e2ad8e3da7083b");
}

TEST(Proof, GivesTheRootForEveryMaskOfSmallPictures) {
  for (std::uint32_t n = 1; n <= 9; ++n) {
    const auto hashes = hashes_of_cells(seed_of(3), n);
    for (std::uint32_t bits = 0; bits < (1u << (n - 1)); ++bits) {
      std::vector<std::uint32_t> leaves;
      for (std::uint32_t i = 1; i < n; ++i) {
        if ((bits >> (i - 1) & 1u) != 0) leaves.push_back(i);
      }
      const Mask mask = Mask::of(leaves);
      const auto nodes = prove(hashes, seed_of(3), mask);
      EXPECT_EQ(nodes.size(), proof_size(n, mask));
      std::uint32_t asked = 0;
      const auto root = root_from(nodes, n, mask, [&](std::uint32_t leaf, const Salt& salt) {
        EXPECT_FALSE(mask.hides(leaf));
        ++asked;
        return hash_of_content(leaf, salt);
      });
      ASSERT_TRUE(root);
      EXPECT_EQ(*root, merkle::root_of(hashes));
      EXPECT_EQ(asked, n - mask.count());
    }
  }
}

// The seeds from the root down to each hidden leaf: who has one of them has that leaf's salt.
void seeds_above_hidden(const Seed& seed, std::uint32_t first, std::uint32_t end, const Mask& mask,
                        std::set<std::array<std::byte, 32>>& seeds) {
  if (!mask.hides_any(first, end)) return;
  seeds.insert(seed.bytes);
  if (end - first == 1) return;
  const std::uint32_t split = first + std::bit_floor(end - first - 1);
  seeds_above_hidden(seed_below(seed, false), first, split, mask, seeds);
  seeds_above_hidden(seed_below(seed, true), split, end, mask, seeds);
}

TEST(Proof, HasNoSeedFromWhichAHiddenCellsSaltGrows) {
  Random random(5);
  for (int round = 0; round < 20; ++round) {
    const std::uint32_t n = 2 + random() % 200;
    const Mask mask = random_mask(random, n);
    std::set<std::array<std::byte, 32>> telling;
    seeds_above_hidden(seed_of(9), 0, n, mask, telling);
    for (const Digest& node : prove(hashes_of_cells(seed_of(9), n), seed_of(9), mask))
      EXPECT_EQ(telling.count(node.bytes), 0u);
  }
}

TEST(Proof, WithAnythingChangedGivesAnotherRoot) {
  Random random(6);
  for (int round = 0; round < 40; ++round) {
    const std::uint32_t n = 3 + random() % 100;
    const auto hashes = hashes_of_cells(seed_of(4), n);
    const Digest root = merkle::root_of(hashes);
    const Mask mask = random_mask(random, n);
    auto nodes = prove(hashes, seed_of(4), mask);
    const std::size_t at = random() % nodes.size();
    nodes[at].bytes[random() % 32] ^= std::byte{0x10};
    EXPECT_NE(*root_from(nodes, n, mask, hash_of_content), root) << "a node";
    nodes = prove(hashes, seed_of(4), mask);
    std::uint32_t changed = random() % n;
    while (mask.hides(changed)) changed = random() % n;
    const auto other = root_from(nodes, n, mask, [&](std::uint32_t leaf, const Salt& salt) {
      return leaf == changed ? leaf_hash(salt, leaf, bytes_of("forged"))
                             : hash_of_content(leaf, salt);
    });
    EXPECT_NE(*other, root) << "a shown cell";
    nodes.pop_back();
    EXPECT_FALSE(root_from(nodes, n, mask, hash_of_content));
  }
}

TEST(Proof, OfOneCellInPlaceOfAnotherGivesAnotherRoot) {
  const std::uint32_t n = 40;
  const auto hashes = hashes_of_cells(seed_of(4), n);
  const Mask mask = *Mask::parse("7-9");
  const auto nodes = prove(hashes, seed_of(4), mask);
  const auto swapped = root_from(nodes, n, mask, [](std::uint32_t leaf, const Salt& salt) {
    return hash_of_content(leaf == 20 ? 21 : leaf == 21 ? 20 : leaf, salt);
  });
  EXPECT_NE(*swapped, merkle::root_of(hashes));
}

TEST(Proof, PrintsBackToTheSameBytes) {
  Random random(8);
  for (int round = 0; round < 20; ++round) {
    const std::uint32_t n = 1 + random() % 300;
    const Mask mask = random_mask(random, n);
    const RedactionProof proof{n, mask, prove(hashes_of_cells(seed_of(2), n), seed_of(2), mask)};
    const auto back = RedactionProof::parse(proof.text());
    ASSERT_TRUE(back) << to_string(back.error());
    EXPECT_EQ(*back, proof);
  }
}

// The example of docs/formats/redaction.md.
TEST(Proof, OfThePageIsReproduced) {
  const Mask mask = *Mask::parse("2-3");
  const RedactionProof proof{5, mask, prove(hashes_of_cells(seed_of(7), 5), seed_of(7), mask)};
  EXPECT_EQ(proof.text(),
            "scrutineer/redaction@v1\n"
            "leaves 5\n"
            "hidden 2-3\n"
            "A/toqyg07ZLjOFdKpl0BRxIXFfhR2DOWLbiC3mzQ52E=\n"
            "mC8tPabZ8LpUN5LhfRDxk1RInMwmUzo9rlxPpPm5KDA=\n"
            "PYsvoqJTf9zdpG5wSWahBXItJo0untQ7vlsd2daAKTU=\n");
}

TEST(Proof, CutAnywhereOrWithAByteTooManyIsRefused) {
  const Mask mask = *Mask::parse("2 4-5");
  const RedactionProof proof{9, mask, prove(hashes_of_cells(seed_of(2), 9), seed_of(2), mask)};
  const std::string text = proof.text();
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_FALSE(RedactionProof::parse(text.substr(0, size))) << size;
  EXPECT_FALSE(RedactionProof::parse(text + "\n"));
  EXPECT_FALSE(RedactionProof::parse(text + text.substr(text.size() - 45)));
  EXPECT_FALSE(RedactionProof::parse("x" + text));
}

}  // namespace
}  // namespace scr::cells
