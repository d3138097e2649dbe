// SPDX-License-Identifier: Apache-2.0
#include "witness/add_checkpoint.h"

#include <gtest/gtest.h>

#include "note/checkpoint.h"
#include "note/cosignature.h"
#include "witness/vectors_testing.h"

namespace scr::witness {
namespace {

Known known() {
  return vectors()["witness_add_checkpoint"];
}

const note::Signer& witness_signer() {
  static const note::Signer signer = note::signer_from_phrase(
      note::KeyName::from("w.example").value(), "w", note::KeyType::cosignature);
  return signer;
}

// One witness that follows one log and stores what it is told to, as its caller would.
class AWitness : public testing::Test {
 protected:
  Answer ask(const std::string& body) {
    const Answer answer = answer_add_checkpoint(body, {&log_, 1}, witness_signer(), now_);
    EXPECT_EQ(answer.advance.has_value(), answer.status == 200);
    if (answer.advance) {
      EXPECT_EQ(answer.advance->old_size, log_.size);
      log_.size = answer.advance->size;
      log_.root = answer.advance->root;
      log_.note = answer.advance->note;
    }
    return answer;
  }

  void follow(const note::Vkey& key) {
    log_ = FollowedLog{};
    log_.origin = key.name().value();
    log_.keys = {key};
  }

  FollowedLog log_;
  std::uint64_t now_ = 1722211200;
};

std::string body_of(std::size_t step) {
  return known()["steps"][step]["body"].get<std::string>();
}

TEST_F(AWitness, AnswersEveryKnownStep) {
  follow(note::Vkey::parse(known()["log_vkey"].get<std::string>()).value());
  ASSERT_EQ(known()["steps"].size(), 13u);
  for (std::size_t i = 0; i < 13; ++i) {
    const auto& step = known()["steps"][i];
    const Answer answer = ask(body_of(i));
    EXPECT_EQ(answer.status, step["status"].get<int>()) << i << ' ' << answer.body;
    if (step.contains("response_body")) {
      EXPECT_EQ(answer.body, step["response_body"].get<std::string>());
      EXPECT_EQ(answer.content_type, "text/x.tlog.size");
    }
  }
  EXPECT_EQ(log_.size, 5u);
}

TEST_F(AWitness, GivesACosignatureThatOpensOnTheCheckpoint) {
  follow(note::Vkey::parse(known()["log_vkey"].get<std::string>()).value());
  const Answer answer = ask(body_of(0));
  const std::string note = AddCheckpoint::parse(body_of(0))->note.print() + answer.body;
  EXPECT_EQ(log_.note, note);
  const note::Vkey keys[] = {log_.keys[0], witness_signer().vkey()};
  const auto opened = note::open_checkpoint_of(log_.origin, note, keys);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->note.signatures()[1].time, now_);
}

TEST_F(AWitness, KeepsNoLineThatItDidNotVerify) {
  follow(note::Vkey::parse(known()["log_vkey"].get<std::string>()).value());
  const std::string stranger = note::cosign(
      "a\n", 5,
      note::signer_from_phrase(note::KeyName::from("x").value(), "x", note::KeyType::cosignature));
  EXPECT_EQ(ask(body_of(0) + stranger).status, 200);
  EXPECT_EQ(log_.note.find("\xE2\x80\x94 x "), std::string::npos);
}

TEST_F(AWitness, PrintsBackEveryRequestItParsed) {
  for (std::size_t i = 0; i < 13; ++i) {
    const auto request = AddCheckpoint::parse(body_of(i));
    EXPECT_EQ(request.has_value(), i != 12) << i;  // 12: leading zero
    if (request) {
      EXPECT_EQ(request->text(), body_of(i));
    }
  }
}

TEST_F(AWitness, CosignsNothingOfARequestCutOrChangedAnywhere) {
  const std::string body = body_of(0);
  const note::Vkey key = note::Vkey::parse(known()["log_vkey"].get<std::string>()).value();
  for (std::size_t i = 0; i < body.size(); ++i) {
    follow(key);
    EXPECT_NE(ask(body.substr(0, i)).status, 200) << i;
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = body;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      follow(key);
      EXPECT_NE(ask(changed).status, 200) << i << ' ' << bit;
    }
  }
}

// --- logs of our own making

const note::Signer& log_signer() {
  static const note::Signer signer =
      note::Signer::parse(vectors()["tessera_log15"]["skey"].get<std::string>()).value();
  return signer;
}
std::string tessera(std::size_t size) {
  return vectors()["tessera_log15"]["checkpoints"][size].get<std::string>();
}

TEST_F(AWitness, ConvictsALogThatSignedTwoTreesOfOneSize) {
  follow(tessera_key());
  const auto& fork = vectors()["derived_fork_evidence"]["cases"][0];
  EXPECT_EQ(ask("old 0\n\n" + fork["a"].get<std::string>()).status, 200);
  const Answer answer = ask("old 15\n\n" + fork["b"].get<std::string>());
  EXPECT_EQ(answer.status, 422);
  ASSERT_TRUE(answer.fork);
  EXPECT_TRUE(verify(*answer.fork, tessera_key()));
  EXPECT_TRUE(ForkEvidence::parse(answer.fork->text()));
}

TEST_F(AWitness, RefusesAProofWhereNoneBelongs) {
  follow(tessera_key());
  const std::string hash = to_base64(Digest{}.view()) + '\n';
  EXPECT_EQ(ask("old 0\n" + hash + '\n' + tessera(15)).status, 422);
  EXPECT_EQ(ask("old 0\n" + hash + '\n' + tessera(0)).status, 422);
}

TEST_F(AWitness, CosignsTheEmptyTreeButNoOtherRootOfSizeZero) {
  follow(tessera_key());
  note::Checkpoint wrong{"example.com/log/testdata", 0, Digest{}};
  const std::string line[] = {log_signer().sign(wrong.text())};
  EXPECT_EQ(ask("old 0\n\n" + note::sign_note(wrong.text(), line)).status, 422);
  EXPECT_EQ(ask("old 0\n\n" + tessera(0)).status, 200);
  EXPECT_EQ(ask("old 0\n\n" + tessera(0)).status, 200);
}

TEST_F(AWitness, RefusesExtensionLines) {
  follow(tessera_key());
  const std::string text = tessera(7).substr(0, tessera(7).find("\n\n") + 1) + "more\n";
  const std::string line[] = {log_signer().sign(text)};
  EXPECT_EQ(ask("old 0\n\n" + note::sign_note(text, line)).status, 400);
}

TEST_F(AWitness, NeverGoesBack) {
  follow(tessera_key());
  EXPECT_EQ(ask("old 0\n\n" + tessera(15)).status, 200);
  for (std::size_t size = 0; size < 15; ++size) {
    EXPECT_EQ(ask("old 0\n\n" + tessera(size)).status, 409) << size;
    EXPECT_EQ(ask("old 15\n\n" + tessera(size)).status, 400) << size;
  }
  EXPECT_EQ(log_.size, 15u);
}

TEST_F(AWitness, ReadsNoMoreThanItMust) {
  follow(tessera_key());
  std::string path;
  for (int i = 0; i < 63; ++i) path += to_base64(Digest{}.view()) + '\n';
  EXPECT_TRUE(AddCheckpoint::parse("old 1\n" + path + '\n' + tessera(15)));
  path += to_base64(Digest{}.view()) + '\n';
  EXPECT_FALSE(AddCheckpoint::parse("old 1\n" + path + '\n' + tessera(15)));
  EXPECT_EQ(ask("old 0\n\n" + std::string(AddCheckpoint::kMaxBytes, 'a') + tessera(15)).status,
            400);
}

}  // namespace
}  // namespace scr::witness
