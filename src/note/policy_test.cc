// SPDX-License-Identifier: Apache-2.0
#include "note/policy.h"

#include <gtest/gtest.h>

#include "note/vectors_testing.h"

namespace scr::note {
namespace {

// A witness key for `name`, always the same.
std::string key_of(const std::string& name) {
  return signer_from_phrase(KeyName::from(name).value(), name, KeyType::cosignature).vkey().text();
}
std::string log_key(const std::string& name) {
  return signer_from_phrase(KeyName::from(name).value(), "log " + name, KeyType::ed25519)
      .vkey()
      .text();
}
std::string witness(const std::string& name) {
  return "witness " + name + ' ' + key_of(name) + '\n';
}

const std::string kTwoLevels = "log " + log_key("log") + "\n\n" + witness("X1") + witness("X2") +
                               witness("X3") + "group X 2 X1 X2 X3\n" + witness("Y1") +
                               witness("Y2") + "group Y any Y1 Y2\ngroup XY all X Y\nquorum XY\n";

bool quorum(const Policy& policy, std::vector<std::size_t> cosigned) {
  return policy.has_quorum(cosigned);
}

std::string where_refused(const std::string& text) {
  const auto policy = Policy::parse(text);
  return policy ? "accepted" : policy.error().where;
}

TEST(Policy, OfTwoLevelsNeedsAQuorumOfEach) {
  const auto policy = Policy::parse(kTwoLevels);
  ASSERT_TRUE(policy) << to_string(policy.error());
  EXPECT_TRUE(quorum(*policy, {0, 1, 3}));
  EXPECT_TRUE(quorum(*policy, {4, 2, 0}));
  EXPECT_TRUE(quorum(*policy, {0, 1, 2, 3, 4}));
  EXPECT_FALSE(quorum(*policy, {0, 1, 2}));
  EXPECT_FALSE(quorum(*policy, {0, 3, 4}));
  EXPECT_FALSE(quorum(*policy, {0, 0, 3}));
  EXPECT_FALSE(quorum(*policy, {}));
}

TEST(Policy, PrintsItselfInOneSpelling) {
  const auto policy = Policy::parse("  # comment\n\t\n" + kTwoLevels + "#end\n").value();
  const std::string text = policy.text();
  EXPECT_EQ(Policy::parse(text).value(), policy);
  EXPECT_EQ(Policy::parse(text)->text(), text);
}

TEST(Policy, TakesTabsUrlsAndNamesOfAnyBytes) {
  const auto policy =
      Policy::parse("\tlog\t" + log_key("l") + " \thttps://log.example/\t\nwitness \xFF\xFE " +
                    key_of("w") + " https://w.example/ \nquorum\t\xFF\xFE\n");
  ASSERT_TRUE(policy) << to_string(policy.error());
  EXPECT_EQ(policy->logs()[0].url, "https://log.example/");
  EXPECT_EQ(policy->witnesses()[0].name, "\xFF\xFE");
  EXPECT_TRUE(quorum(*policy, {0}));
}

TEST(Policy, WithQuorumNoneAsksForNoWitness) {
  const auto policy = Policy::parse(witness("a") + "quorum none\n");
  ASSERT_TRUE(policy);
  EXPECT_TRUE(quorum(*policy, {}));
  EXPECT_TRUE(policy->logs().empty());
}

TEST(Policy, RefusesWhatIsNotStrict) {
  const std::string a = witness("a"), b = witness("b");
  EXPECT_EQ(where_refused(""), "");
  EXPECT_EQ(where_refused(a), "");                    // no quorum
  EXPECT_EQ(where_refused("quorum none"), "line 1");  // no newline
  EXPECT_EQ(where_refused("quorum none\r\n"), "");    // control character
  EXPECT_EQ(where_refused("quorum none\x7F\n"), "");
  EXPECT_EQ(where_refused("quorum none\nquorum none\n"), "line 2");
  EXPECT_EQ(where_refused("quorum a\n" + a), "line 1");  // not yet defined
  EXPECT_EQ(where_refused("quorum\n"), "line 1");
  EXPECT_EQ(where_refused("quorum none none\n"), "line 1");
  EXPECT_EQ(where_refused("Quorum none\n"), "line 1");
  EXPECT_EQ(where_refused(a + "witness a " + key_of("b") + "\nquorum a\n"), "line 2");
  EXPECT_EQ(where_refused("witness none " + key_of("b") + "\nquorum none\n"), "line 1");
  EXPECT_EQ(where_refused("witness a\nquorum none\n"), "line 1");
  EXPECT_EQ(where_refused("witness a " + key_of("a") + " url more\nquorum none\n"), "line 1");
  EXPECT_EQ(where_refused("log " + key_of("a") + "\nquorum none\n"), "line 1");         // type
  EXPECT_EQ(where_refused("witness a " + log_key("a") + "\nquorum none\n"), "line 1");  // type
  for (const char* group :
       {"group g 0 a b", "group g 3 a b", "group g 01 a b", "group g some a b", "group g all",
        "group g all a none", "group g all a a", "group g all a c", "group a all b", "group g -1 a",
        "group none all a"}) {
    EXPECT_EQ(where_refused(a + b + group + "\nquorum a\n"), "line 3") << group;
  }
  EXPECT_EQ(where_refused(a + b + "group g any a\ngroup h any a b\nquorum g\n"), "line 4");
  EXPECT_EQ(where_refused(a + "group g any g\nquorum g\n"), "line 2");
}

TEST(Policy, RefusesOnePublicKeyTwiceUnderAnyNames) {
  const Digest seed = sha256(bytes_of("one key"));
  const auto text_of_key = [&](const char* name, KeyType type) {
    return Signer(KeyName::from(name).value(), seed.bytes, type).vkey().text();
  };
  const std::string w1 = "witness a " + text_of_key("a", KeyType::cosignature) + "\n";
  const std::string w2 = "witness b " + text_of_key("b", KeyType::cosignature) + "\n";
  const std::string l1 = "log " + text_of_key("a", KeyType::ed25519) + "\n";
  const std::string l2 = "log " + text_of_key("b", KeyType::ed25519) + "\n";
  EXPECT_EQ(where_refused(w1 + w2 + "quorum none\n"), "line 2");
  EXPECT_EQ(where_refused(l1 + l2 + "quorum none\n"), "line 2");
  EXPECT_EQ(where_refused(l1 + w1 + "quorum none\n"), "line 2");
}

TEST(Policy, RefusesTwoKeysOfOneNameAndId) {
  const auto both = twins();
  EXPECT_EQ(where_refused("log " + both[0].vkey().text() + "\nlog " + both[1].vkey().text() +
                          "\nquorum none\n"),
            "line 2");
}

// The text of a vkey whose id is right but whose key anyone can sign for.
TEST(Policy, RefusesAKeyOfLowOrder) {
  Bytes typed(33);
  typed[0] = std::byte{0x04};
  typed[1] = std::byte{0x01};  // the neutral point
  const Digest id = Sha256().add(bytes_of("a\n")).add(typed).finish();
  const std::string vkey = "a+" + to_hex(ByteView(id.bytes).first(4)) + '+' + to_base64(typed);
  const auto policy = Policy::parse("witness a " + vkey + "\nquorum a\n");
  ASSERT_FALSE(policy);
  EXPECT_NE(policy.error().what.find("low order"), std::string::npos);
}

TEST(Policy, TakesManyOfEach) {
  std::string text, all = "group all all";
  for (int i = 0; i < 40; ++i) {
    const std::string n = std::to_string(i);
    text +=
        "log " + log_key("l" + n) + '\n' + witness("w" + n) + "group g" + n + " any w" + n + '\n';
    all += " g" + n;
  }
  const auto policy = Policy::parse(text + all + "\nquorum all\n");
  ASSERT_TRUE(policy) << to_string(policy.error());
  std::vector<std::size_t> everyone;
  for (std::size_t i = 0; i < 39; ++i) everyone.push_back(i);
  EXPECT_FALSE(policy->has_quorum(everyone));
  everyone.push_back(39);
  EXPECT_TRUE(policy->has_quorum(everyone));
}

TEST(Policy, CutAnywhereIsRefused) {
  for (std::size_t length = 0; length < kTwoLevels.size(); ++length) {
    EXPECT_FALSE(Policy::parse(kTwoLevels.substr(0, length))) << length;
  }
}

// --- checkpoints opened with a policy

std::string cosigned_note() {
  const auto proof = vectors()["derived_tlog_proof"]["tlog_proof"].get<std::string>();
  return proof.substr(proof.find("\n\n") + 2);
}
Policy two_of_two() {
  return Policy::parse(vectors()["derived_tlog_proof"]["policy_2of2"].get<std::string>()).value();
}

TEST(OpenWithPolicy, TakesACheckpointThatAQuorumCosigned) {
  const auto opened = open_checkpoint(cosigned_note(), two_of_two());
  ASSERT_TRUE(opened) << to_string(opened.error());
  ASSERT_EQ(opened->note.signatures().size(), 3u);
  const auto& times = vectors()["derived_tlog_proof"]["times"];
  EXPECT_EQ(opened->note.signatures()[1].time, times[0].get<std::uint64_t>());
  EXPECT_EQ(opened->note.signatures()[2].time, times[1].get<std::uint64_t>());
}

TEST(OpenWithPolicy, RefusesIfAnyNeededLineIsMissing) {
  const auto note = Unverified::parse(cosigned_note()).value();
  for (std::size_t missing = 0; missing < 3; ++missing) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < 3; ++i) {
      if (i != missing) lines.push_back(note.signatures()[i].text());
    }
    const auto opened = open_checkpoint(sign_note(note.text(), lines), two_of_two());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::untrusted) << missing;
  }
}

TEST(OpenWithPolicy, RefusesALogThatSpeaksForAnother) {
  const Signer log = signer_from_phrase(KeyName::from("log").value(), "log log", KeyType::ed25519);
  const std::string text = Checkpoint{"another", 0, sha256({})}.text();
  const std::string line[] = {log.sign(text)};
  const auto policy =
      Policy::parse("log " + log_key("log") + "\nlog " + log_key("another") + "\nquorum none\n");
  const auto opened = open_checkpoint(sign_note(text, line), policy.value());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::untrusted);
}

}  // namespace
}  // namespace scr::note
