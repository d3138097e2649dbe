// SPDX-License-Identifier: Apache-2.0
#include "receipt/receipt.h"

#include <gtest/gtest.h>

#include "merkle/proof.h"
#include "merkle/subtrees.h"
#include "merkle/tree.h"
#include "receipt/proof_file.h"

namespace scr::receipt {
namespace {

note::Signer signer_named(const char* name, std::uint8_t n) {
  std::array<std::byte, 32> seed{};
  seed.fill(static_cast<std::byte>(n));
  return note::Signer(*note::KeyName::from(name), note::Seed(seed));
}

note::Policy policy_of(const note::Signer& log) {
  return *note::Policy::parse("log " + log.vkey().text() + "\nquorum none\n");
}

const note::Signer& log_key() {
  static const note::Signer signer = signer_named("example.com/log", 1);
  return signer;
}

cells::PictureSecret secret() {
  return cells::secret_of(cells::VaultKey{}, sha256(bytes_of("picture")));
}

// A log of three entries; the second commits to the file "picture".
std::vector<std::string> entries() {
  const Digest file = file_commitment(file_salt(secret()), sha256(bytes_of("picture")));
  return {"{\"t\":\"x/one/v1\"}",
          encode(entry::PictureCommitted{entry::ClaimedTime(1),
                                         cells::Commitment{cells::Kind::jpeg, 9, Digest()},
                                         entry::EntryIndex(0), file}),
          "{\"t\":\"x/three/v1\"}"};
}

witness::TlogProof proof_of(std::uint64_t index) {
  std::vector<Digest> leaves;
  for (const std::string& entry : entries()) leaves.push_back(merkle::leaf_hash(bytes_of(entry)));
  const merkle::TreeSize size(leaves.size());
  return {std::nullopt, index,
          *merkle::inclusion_proof(merkle::LeafIndex(index), size, merkle::hashes_of(leaves)),
          note::sign_checkpoint({"example.com/log", leaves.size(), merkle::root_of(leaves)},
                                log_key())};
}

std::string sender_receipt() {
  return write({Holder::sender, file_salt(secret()).bytes, entries()[1]}, proof_of(1));
}
std::string court_receipt() {
  return write({Holder::court, secret().bytes, entries()[1]}, proof_of(1));
}

TEST(Receipt, LeadsFromTheFileToTheSignedCheckpoint) {
  for (const std::string& text : {sender_receipt(), court_receipt()}) {
    Opened opened = open(text, policy_of(log_key()));
    ASSERT_EQ(opened.flaw, Flaw::none) << opened.where << ": " << opened.why;
    EXPECT_EQ(opened.index, 1u);
    EXPECT_EQ(opened.checkpoint.tree_size, 3u);
    EXPECT_EQ(opened.type, "scrutineer/picture.committed/v1");
    EXPECT_EQ(cells_of(opened)->leaves, 9u);
    check_file(opened, sha256(bytes_of("picture")));
    EXPECT_EQ(opened.flaw, Flaw::none) << opened.why;
  }
}

TEST(ProofFile, IsAReceiptForAnybody) {
  std::vector<Digest> leaves;
  for (const std::string& entry : entries()) leaves.push_back(merkle::leaf_hash(bytes_of(entry)));
  const merkle::Subtrees tree(leaves);
  for (std::uint64_t index = 0; index < leaves.size(); ++index) {
    const auto proof = proof_of(index);
    EXPECT_EQ(*proof_file(entries()[index], index, leaves.size(), tree.hashes(), proof.note),
              write({Holder::anybody, {}, entries()[index]}, proof));
  }
}

TEST(ProofFile, LiesAThousandToAFolderAndNowhereElse) {
  EXPECT_EQ(proof_path(0), "proofs/000/0.tlog-proof");
  EXPECT_EQ(proof_path(999), "proofs/000/999.tlog-proof");
  EXPECT_EQ(proof_path(12345), "proofs/012/12345.tlog-proof");
  EXPECT_EQ(proof_path(1234567), "proofs/1234/1234567.tlog-proof");
  for (const std::uint64_t index : {0u, 1u, 999u, 1000u, 1234567u})
    EXPECT_EQ(index_at(proof_path(index)), index);
  for (const char* path : {"", "proofs/000/0", "proofs/000/00.tlog-proof",
                           "proofs/001/0.tlog-proof", "proofs/000/.tlog-proof",
                           "proofs/000/-1.tlog-proof", "0.tlog-proof", "proofs/000/x/0.tlog-proof",
                           "proofs/00/0.tlog-proof", "proofs/000/18446744073709551616.tlog-proof"})
    EXPECT_EQ(index_at(path), std::nullopt) << path;
}

TEST(Receipt, OfAnotherFileSaysSo) {
  for (const std::string& text : {sender_receipt(), court_receipt()}) {
    Opened opened = open(text, policy_of(log_key()));
    check_file(opened, sha256(bytes_of("another picture")));
    EXPECT_EQ(opened.flaw, Flaw::file);
  }
}

TEST(Receipt, OfTheSenderDoesNotLetTheCellsBeTried) {
  const auto extra = *witness::TlogProof::parse(sender_receipt())->extra_unverified;
  const std::string held(text_of(extra));
  EXPECT_EQ(held.find(text_of(secret().bytes)), std::string::npos);
  EXPECT_EQ(held.find(text_of(cell_seed(secret()).bytes)), std::string::npos);
}

TEST(Receipt, UnderAnotherKeyIsNotBelieved) {
  const Opened opened = open(sender_receipt(), policy_of(signer_named("example.com/log", 2)));
  EXPECT_EQ(opened.flaw, Flaw::signature);
}

TEST(Receipt, WithAnotherEntryOrPlaceDoesNotHold) {
  const auto flaw_of = [](const Receipt& receipt, const witness::TlogProof& proof) {
    return open(write(receipt, proof), policy_of(log_key())).flaw;
  };
  const Receipt good{Holder::sender, file_salt(secret()).bytes, entries()[1]};
  EXPECT_EQ(flaw_of(good, proof_of(1)), Flaw::none);
  EXPECT_EQ(flaw_of(good, proof_of(0)), Flaw::path);
  Receipt forged = good;
  forged.entry[10] = forged.entry[10] == '1' ? '2' : '1';
  EXPECT_EQ(flaw_of(forged, proof_of(1)), Flaw::path);
  witness::TlogProof shortened = proof_of(1);
  shortened.path.pop_back();
  EXPECT_EQ(flaw_of(good, shortened), Flaw::path);
}

TEST(Receipt, WithAByteChangedNeverBecomesAnotherGoodOne) {
  const std::string text = sender_receipt();
  const Digest file = sha256(bytes_of("picture"));
  const Digest other = sha256(bytes_of("other"));
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string bad = text;
    bad[i] = bad[i] == 'A' ? 'B' : 'A';
    if (bad == text) continue;
    Opened opened = open(bad, policy_of(log_key()));
    if (opened.flaw == Flaw::none) check_file(opened, file);
    EXPECT_NE(opened.flaw, Flaw::none) << "at " << i;
    Opened again = open(bad, policy_of(log_key()));
    if (again.flaw == Flaw::none) check_file(again, other);
    EXPECT_NE(again.flaw, Flaw::none) << "at " << i;
  }
}

TEST(Receipt, CutAnywhereIsOfNoGoodForm) {
  const std::string text = sender_receipt();
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_NE(open(text.substr(0, size), policy_of(log_key())).flaw, Flaw::none) << size;
  EXPECT_EQ(open(proof_of(1).text(), policy_of(log_key())).flaw, Flaw::form) << "no entry in it";
}

TEST(Receipt, ForAnybodyProvesAnEntryAndNoFile) {
  Opened opened =
      open(write({Holder::anybody, {}, entries()[2]}, proof_of(2)), policy_of(log_key()));
  ASSERT_EQ(opened.flaw, Flaw::none) << opened.why;
  EXPECT_EQ(opened.type, "x/three/v1");
  check_file(opened, sha256(bytes_of("picture")));
  EXPECT_EQ(opened.flaw, Flaw::file);
}

}  // namespace
}  // namespace scr::receipt
