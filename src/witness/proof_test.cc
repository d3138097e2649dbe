// SPDX-License-Identifier: Apache-2.0
#include "witness/proof.h"

#include <gtest/gtest.h>

#include "merkle/proof.h"
#include "merkle/tree.h"
#include "witness/vectors_testing.h"

namespace scr::witness {
namespace {

Digest leaf() {
  return merkle::leaf_hash(
      bytes_of(vectors()["derived_tlog_proof"]["leaf_utf8"].get<std::string>()));
}

TEST(TlogProof, OfTheKnownAnswerVerifies) {
  const auto proof = TlogProof::parse(tlog_proof());
  ASSERT_TRUE(proof) << to_string(proof.error());
  EXPECT_EQ(proof->text(), tlog_proof());
  EXPECT_EQ(proof->index, 5u);
  EXPECT_EQ(leaf(), digest(vectors()["tessera_log15"]["leaf_hashes_hex"][5]));
  const auto opened = verify(*proof, leaf(), two_of_two());
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_EQ(opened->checkpoint.tree_size, 15u);
  EXPECT_EQ(opened->note.signatures().size(), 3u);
}

TEST(TlogProof, WithAnyPartChangedDoesNotVerify) {
  const auto good = TlogProof::parse(tlog_proof()).value();
  const auto refused = [&](const TlogProof& proof, const Digest& hash) {
    const auto result = verify(proof, hash, two_of_two());
    return !result && result.error().code == ErrorCode::untrusted;
  };
  for (std::uint64_t index = 0; index < 20; ++index) {
    auto proof = good;
    proof.index = index;
    EXPECT_EQ(refused(proof, leaf()), index != 5) << index;
  }
  for (std::size_t i = 0; i < good.path.size(); ++i) {
    auto proof = good;
    proof.path[i].bytes[31] ^= std::byte{1};
    EXPECT_TRUE(refused(proof, leaf())) << i;
    proof = good;
    proof.path.erase(proof.path.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_TRUE(refused(proof, leaf())) << i;
  }
  for (const auto& other : vectors()["tessera_log15"]["leaf_hashes_hex"]) {
    EXPECT_EQ(refused(good, digest(other)), digest(other) != leaf());
  }
}

// Every bit of the file matters, but for what nobody signed: the extra data, of which there is
// none.
TEST(TlogProof, CutAnywhereOrWithAnyBitChangedIsRefused) {
  const std::string text = tlog_proof();
  const auto accepted = [&](const std::string& bytes) {
    const auto proof = TlogProof::parse(bytes);
    return proof && verify(*proof, leaf(), two_of_two());
  };
  ASSERT_TRUE(accepted(text));
  for (std::size_t i = 0; i < text.size(); ++i) {
    EXPECT_FALSE(accepted(text.substr(0, i))) << i;
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = text;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      EXPECT_FALSE(accepted(changed)) << i << ' ' << bit;
    }
  }
}

TEST(TlogProof, CarriesExtraDataThatNobodySigned) {
  auto proof = TlogProof::parse(tlog_proof()).value();
  proof.extra_unverified = Bytes(3, std::byte{7});
  EXPECT_EQ(TlogProof::parse(proof.text()).value(), proof);
  EXPECT_TRUE(verify(proof, leaf(), two_of_two()));
}

TEST(TlogProof, ThatIsNotStrictIsRefused) {
  const std::string first = "c2sp.org/tlog-proof@v1\n";
  const std::string rest = tlog_proof().substr(first.size());
  ASSERT_TRUE(TlogProof::parse(first + rest));
  const std::string after_index = rest.substr(rest.find('\n') + 1);
  for (const std::string& bad :
       {first + "extra \n" + rest, first + "extra x\n" + rest,
        first + "extra AAA=\nextra AAA=\n" + rest, first + "\n" + rest,
        first + "index 05\n" + after_index, first + "index  5\n" + after_index,
        first + "index\n" + after_index, first + after_index,
        first + rest.substr(0, 8) + "AAAA\n" + rest.substr(8), "c2sp.org/tlog-proof@v2\n" + rest,
        rest}) {
    EXPECT_FALSE(TlogProof::parse(bad)) << bad.substr(0, 60);
  }
}

TEST(TlogProof, WithAQuorumMissingIsUntrusted) {
  auto proof = TlogProof::parse(tlog_proof()).value();
  proof.note.erase(proof.note.rfind("\xE2\x80\x94"));
  ASSERT_TRUE(TlogProof::parse(proof.text()));
  EXPECT_EQ(verify(proof, leaf(), two_of_two()).error().code, ErrorCode::untrusted);
}

TEST(SigsumProof, OfTheKnownAnswerVerifies) {
  const auto& s = vectors()["sigsum_proof"];
  const auto& l = s["leaf"];
  const Bytes submitter = note::hex(s["submitter_pub_hex"]);
  const Digest checksum = sha256(note::hex(l["message_hex"]));
  EXPECT_EQ(checksum, digest(l["checksum_hex"]));
  std::string message = "sigsum.org/v1/tree-leaf";
  message += '\0';
  message += text_of(checksum.view());
  const Bytes bytes = note::hex(l["leaf_signature_hex"]);
  note::Signature signature;
  std::copy_n(bytes.begin(), signature.size(), signature.begin());
  const auto key = note::PublicKey::from_bytes(submitter).value();
  EXPECT_TRUE(note::verifies(key, bytes_of(message), signature));

  Bytes binary(checksum.bytes.begin(), checksum.bytes.end());
  binary.insert(binary.end(), bytes.begin(), bytes.end());
  const Digest key_hash = sha256(submitter);
  binary.insert(binary.end(), key_hash.bytes.begin(), key_hash.bytes.end());
  const Digest hash = merkle::leaf_hash(binary);
  EXPECT_EQ(hash, digest(l["leaf_hash_hex"]));
  EXPECT_TRUE(merkle::verify_inclusion(
      digests(s["proof_hex"]), merkle::LeafIndex(s["index"].get<std::uint64_t>()),
      merkle::TreeSize(s["size"].get<std::uint64_t>()), hash, digest(s["root_hex"])));
}

}  // namespace
}  // namespace scr::witness
