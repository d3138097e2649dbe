// SPDX-License-Identifier: Apache-2.0
#include "witness/fork.h"

#include <gtest/gtest.h>

#include "witness/vectors_testing.h"

namespace scr::witness {
namespace {

Known known_case(std::size_t i) {
  return vectors()["derived_fork_evidence"]["cases"][i];
}

note::Checkpoint checkpoint_of(const Known& text) {
  return note::open_checkpoint(text.get<std::string>(), tessera_key()).value();
}

// What case `i` says of the smaller size; where the vector names no root it is a's own.
std::optional<Growth> growth_of(std::size_t i) {
  const auto& c = known_case(i);
  if (!c.contains("proof_b_hex")) return std::nullopt;
  return Growth{digests(c["proof_b_hex"]), c.contains("root_of_size_7_inside_b_hex")
                                               ? digest(c["root_of_size_7_inside_b_hex"])
                                               : checkpoint_of(c["a"]).root};
}

ForkEvidence evidence_of(std::size_t i) {
  const auto& c = known_case(i);
  return {c["a"].get<std::string>(), c["b"].get<std::string>(), growth_of(i)};
}

TEST(Compare, GivesTheKnownVerdicts) {
  ASSERT_EQ(vectors()["derived_fork_evidence"]["cases"].size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& c = known_case(i);
    const auto relation = compare(checkpoint_of(c["a"]), checkpoint_of(c["b"]), growth_of(i));
    ASSERT_TRUE(relation) << c["kind"] << to_string(relation.error());
    const bool misbehaved = c["verdict"].get<std::string>().starts_with("log misbehaved");
    EXPECT_EQ(*relation, misbehaved ? Relation::fork : Relation::consistent) << c["kind"];
    EXPECT_EQ(verify(evidence_of(i), tessera_key()).has_value(), misbehaved) << c["kind"];
  }
}

TEST(Compare, CallsASmallerCheckpointOfTheSameTreeOlder) {
  const auto& c = known_case(2);
  EXPECT_EQ(compare(checkpoint_of(c["b"]), checkpoint_of(c["a"]), growth_of(2)), Relation::older);
  EXPECT_STREQ(name_of(Relation::older), "older");
}

TEST(Compare, FindsTheForkFromEitherSide) {
  const auto& c = known_case(1);
  EXPECT_EQ(compare(checkpoint_of(c["b"]), checkpoint_of(c["a"]), growth_of(1)), Relation::fork);
}

TEST(Compare, AccusesNobodyOnAPathThatDoesNotVerify) {
  const auto& c = known_case(1);
  auto growth = growth_of(1).value();
  growth.path[0].bytes[0] ^= std::byte{1};
  EXPECT_EQ(compare(checkpoint_of(c["a"]), checkpoint_of(c["b"]), growth).error().code,
            ErrorCode::untrusted);
  growth = growth_of(1).value();
  growth.root_at_smaller.bytes[0] ^= std::byte{1};
  EXPECT_EQ(compare(checkpoint_of(c["a"]), checkpoint_of(c["b"]), growth).error().code,
            ErrorCode::untrusted);
  EXPECT_EQ(compare(checkpoint_of(c["a"]), checkpoint_of(c["b"]), {}).error().code,
            ErrorCode::bad_input);
}

TEST(Compare, OfTwoLogsIsAConflict) {
  auto a = checkpoint_of(known_case(0)["a"]);
  auto b = a;
  b.origin = "example.com/other";
  EXPECT_EQ(compare(a, b, {}).error().code, ErrorCode::conflict);
}

// All pairs of Tessera's sixteen checkpoints, with what their leaves say.
TEST(Compare, OfOneHonestLogIsNeverAFork) {
  const auto leaves = digests(vectors()["tessera_log15"]["leaf_hashes_hex"]);
  const auto hash = merkle::hashes_of(leaves);
  const auto& notes = vectors()["tessera_log15"]["checkpoints"];
  for (std::uint64_t m = 0; m < 16; ++m) {
    for (std::uint64_t n = m; n < 16; ++n) {
      const auto growth = growth_between(merkle::TreeSize(m), merkle::TreeSize(n), hash).value();
      const auto small = checkpoint_of(notes[m]), large = checkpoint_of(notes[n]);
      EXPECT_EQ(growth.root_at_smaller, small.root);
      EXPECT_EQ(compare(small, large, growth), Relation::consistent) << m << ' ' << n;
      EXPECT_EQ(compare(large, small, growth), m == n ? Relation::consistent : Relation::older);
    }
  }
  EXPECT_EQ(compare(checkpoint_of(notes[15]), checkpoint_of(notes[15]), {}), Relation::consistent);
}

// Two logs that part at leaf `split`: a fork is found between all sizes beyond it, and none below.
TEST(Compare, FindsEveryForkAndOnlyForks) {
  const auto honest = digests(vectors()["tessera_log15"]["leaf_hashes_hex"]);
  const auto at_size = [](std::span<const Digest> leaves, std::size_t size) {
    return note::Checkpoint{"log", size, merkle::root_of(leaves.first(size))};
  };
  for (std::size_t split = 0; split < 9; ++split) {
    auto other = honest;
    other[split].bytes[0] ^= std::byte{1};
    for (std::size_t m = 1; m <= 9; ++m) {
      for (std::size_t n = m; n <= 9; ++n) {
        const auto growth =
            growth_between(merkle::TreeSize(m), merkle::TreeSize(n), merkle::hashes_of(other));
        const bool forked = m > split;
        EXPECT_EQ(compare(at_size(honest, m), at_size(other, n), growth.value()),
                  forked ? Relation::fork : Relation::consistent)
            << split << ' ' << m << ' ' << n;
      }
    }
  }
}

TEST(ForkEvidence, PrintsBackWhatItParsed) {
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string text = evidence_of(i).text();
    const auto parsed = ForkEvidence::parse(text);
    ASSERT_TRUE(parsed) << to_string(parsed.error());
    EXPECT_EQ(parsed->text(), text);
  }
}

TEST(ForkEvidence, CutAnywhereOrWithAnyBitChangedConvictsNobody) {
  for (std::size_t i : {0u, 1u}) {
    const std::string text = evidence_of(i).text();
    const auto convicts = [](const std::string& bytes) {
      const auto evidence = ForkEvidence::parse(bytes);
      return evidence && verify(*evidence, tessera_key());
    };
    ASSERT_TRUE(convicts(text));
    for (std::size_t at = 0; at < text.size(); ++at) {
      EXPECT_FALSE(convicts(text.substr(0, at))) << at;
      for (int bit = 0; bit < 8; ++bit) {
        std::string changed = text;
        changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
        EXPECT_FALSE(convicts(changed)) << at << ' ' << bit;
      }
    }
  }
}

TEST(ForkEvidence, OfAnotherLogConvictsNobody) {
  const auto other =
      note::Vkey::parse(vectors()["notes_valid"][1]["vkeys"][0].get<std::string>()).value();
  EXPECT_EQ(verify(evidence_of(0), other).error().code, ErrorCode::untrusted);
}

TEST(ForkEvidence, TheWrongWayRoundIsRefused) {
  auto evidence = evidence_of(1);
  std::swap(evidence.smaller, evidence.larger);
  EXPECT_FALSE(ForkEvidence::parse(evidence.text()));
  EXPECT_FALSE(verify(evidence, tessera_key()));
}

}  // namespace
}  // namespace scr::witness
