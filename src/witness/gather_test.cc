// SPDX-License-Identifier: Apache-2.0
#include "witness/gather.h"

#include <gtest/gtest.h>

#include "note/cosignature.h"
#include "note/vectors_testing.h"

namespace scr::witness {
namespace {

note::Signer gather_key(const std::string& name, note::KeyType type) {
  return note::signer_from_phrase(note::KeyName::from(name).value(), name, type);
}

class Gather : public testing::Test {
 protected:
  std::string line(const note::Signer& by, std::uint64_t time) {
    return note::cosign(text_, time, by);
  }
  note::Signer log_ = gather_key("log.example", note::KeyType::ed25519);
  note::Signer a_ = gather_key("a.example", note::KeyType::cosignature);
  note::Signer b_ = gather_key("b.example", note::KeyType::cosignature);
  note::Signer stranger_ = gather_key("c.example", note::KeyType::cosignature);
  note::Policy policy_ =
      note::Policy::parse("log " + log_.vkey().text() + "\nwitness a " + a_.vkey().text() +
                          "\nwitness b " + b_.vkey().text() + "\ngroup g 2 a b\nquorum g\n")
          .value();
  note::Checkpoint checkpoint_{"log.example", 5, sha256(bytes_of("a root"))};
  std::string text_ = checkpoint_.text();
  std::string note_ = note::sign_checkpoint(checkpoint_, log_);
};

TEST_F(Gather, HasAQuorumWhenThePolicySaysSoAndThenOpens) {
  const std::vector<std::string> one{line(b_, 10)};
  const auto half = gather(note_, one, policy_).value();
  EXPECT_FALSE(half.has_quorum);
  EXPECT_EQ(half.cosigned, std::vector<std::size_t>{1});
  const std::vector<std::string> other{line(a_, 11)};
  const auto whole = gather(half.note, other, policy_).value();
  EXPECT_TRUE(whole.has_quorum);
  EXPECT_TRUE(note::open_checkpoint(whole.note, policy_));
}

TEST_F(Gather, LeavesOutStrangersAndWhatDoesNotVerify) {
  std::string forged = line(a_, 10);
  const note::Signer thief = gather_key("thief", note::KeyType::cosignature);
  const auto bad = note::SignatureLine{
      a_.vkey().name(), a_.vkey().id(),
      note::SignatureLine::parse(
          std::string_view(line(thief, 10)).substr(0, line(thief, 10).size() - 1))
          .value()
          .payload};
  const std::vector<std::string> lines{line(stranger_, 10), bad.text(), "not a line\n", ""};
  const auto gathered = gather(note_, lines, policy_).value();
  EXPECT_TRUE(gathered.cosigned.empty());
  EXPECT_EQ(gathered.note, note_);
}

TEST_F(Gather, KeepsTheLatestOfEachWitness) {
  const std::vector<std::string> lines{line(a_, 10), line(a_, 30), line(a_, 20)};
  const auto gathered = gather(note_, lines, policy_).value();
  EXPECT_NE(gathered.note.find(line(a_, 30)), std::string::npos);
  EXPECT_EQ(gathered.note.find(line(a_, 20)), std::string::npos);
}

TEST_F(Gather, RefusesACheckpointThatTheLogDidNotSign) {
  const note::Signer other = gather_key("other", note::KeyType::ed25519);
  const std::string foreign =
      note::sign_note(text_, std::vector<std::string>{other.sign(text_), line(a_, 10)});
  EXPECT_EQ(gather(foreign, {}, policy_).error().code, ErrorCode::untrusted);
}

}  // namespace
}  // namespace scr::witness
