// SPDX-License-Identifier: Apache-2.0
#include "note/cosignature.h"

#include <gtest/gtest.h>

#include "note/checkpoint.h"
#include "note/vectors_testing.h"

namespace scr::note {
namespace {

Signature signature_of(const Known& text) {
  const Bytes bytes = hex(text);
  Signature signature;
  std::copy_n(bytes.begin(), signature.size(), signature.begin());
  return signature;
}

PublicKey public_key(const Known& text) {
  return PublicKey::from_bytes(hex(text)).value();
}

TEST(Cosignature, OfSkylightMadeAgainIsTheSameByteForByte) {
  int made = 0;
  for (const auto& n : vectors()["notes_valid"]) {
    if (!n.contains("cosigner_seed_rule")) continue;
    const auto rule = n["cosigner_seed_rule"].get<std::string>();  // SHA-256('...')
    const std::size_t quote = rule.find('\'');
    const auto key = vkeys(n["vkeys"])[0];
    const Signer witness = signer_from_phrase(
        key.name(), rule.substr(quote + 1, rule.rfind('\'') - quote - 1), key.type());
    EXPECT_EQ(witness.vkey(), key);
    const auto note = Unverified::parse(n["note"].get<std::string>()).value();
    EXPECT_EQ(cosign(note.text(), n["cosignature_time"].get<std::uint64_t>(), witness),
              note.signatures().back().text());
    ++made;
  }
  EXPECT_EQ(made, 3);
}

TEST(Cosignature, AndLogSignatureOfSigsumVerify) {
  const auto& s = vectors()["sigsum_proof"];
  const auto body = s["checkpoint_body"].get<std::string>();
  const auto& c = s["cosignature"];
  const auto time = c["time"].get<std::uint64_t>();
  EXPECT_EQ(cosigned_message(body, time), c["signed_message"].get<std::string>());
  const Vkey witness(KeyName::from("witness").value(), KeyType::cosignature,
                     public_key(s["witness_pub_hex"]));
  EXPECT_TRUE((Cosignature{time, signature_of(c["signature_hex"])}.verifies(body, witness)));
  EXPECT_FALSE((Cosignature{time + 1, signature_of(c["signature_hex"])}.verifies(body, witness)));
  EXPECT_TRUE(
      verifies(public_key(s["log_pub_hex"]), bytes_of(body), signature_of(s["log_signature_hex"])));
  const auto checkpoint = parse_checkpoint_unverified(body).value();
  EXPECT_EQ(checkpoint.tree_size, s["size"].get<std::uint64_t>());
  EXPECT_EQ(checkpoint.root.hex(), s["root_hex"].get<std::string>());
  EXPECT_EQ(checkpoint.origin, s["origin"].get<std::string>());
}

TEST(Cosignature, CoversTheExtensionLines) {
  const Signer witness = signer_from_phrase(KeyName::from("w").value(), "w", KeyType::cosignature);
  const std::string text = "a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n";
  std::string made = cosign(text, 5, witness);
  made.pop_back();  // LF
  const auto line = SignatureLine::parse(made).value();
  const auto cosignature = Cosignature::from_payload(line.payload).value();
  EXPECT_TRUE(cosignature.verifies(text, witness.vkey()));
  EXPECT_FALSE(cosignature.verifies(text.substr(0, text.size() - 5), witness.vkey()));
}

TEST(Cosignature, OfAnyOtherLengthOrTimeIsRefused) {
  for (std::size_t length = 0; length < 160; ++length) {
    EXPECT_EQ(Cosignature::from_payload(Bytes(length)).has_value(), length == 72);
  }
  Bytes payload(72, std::byte{0xFF});
  EXPECT_FALSE(Cosignature::from_payload(payload));
  payload[0] = std::byte{0x7F};
  ASSERT_TRUE(Cosignature::from_payload(payload));
  EXPECT_EQ(Cosignature::from_payload(payload)->time, Cosignature::kMaxTime);
  EXPECT_EQ(Cosignature::from_payload(payload)->payload(), payload);
}

TEST(CosignatureDeathTest, IsNotMadeWithTheKeyOfALogNorTheOtherWayRound) {
  const KeyName name = KeyName::from("w").value();
  const Signer log = signer_from_phrase(name, "w", KeyType::ed25519);
  const Signer witness = signer_from_phrase(name, "w", KeyType::cosignature);
  EXPECT_DEATH((void)cosign("text\n", 5, log), "");
  EXPECT_DEATH((void)cosign("text\n", Cosignature::kMaxTime + 1, witness), "");
  EXPECT_DEATH((void)witness.sign("text\n"), "");
}

}  // namespace
}  // namespace scr::note
