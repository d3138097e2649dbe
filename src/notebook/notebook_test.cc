// SPDX-License-Identifier: Apache-2.0
#include "notebook/notebook.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>

#include <gtest/gtest.h>

#include "merkle/proof.h"
#include "note/checkpoint.h"
#include "notebook/journal.h"
#include "notebook/layout.h"
#include "os/files.h"
#include "os/random.h"

namespace scr::notebook {
namespace {

namespace fs = std::filesystem;

// In memory if possible: thousands of syncs.
fs::path fresh_folder() {
  const fs::path memory = "/dev/shm";
  return (fs::is_directory(memory) ? memory : fs::temp_directory_path()) /
         ("scr-notebook-" + to_hex(ByteView(os::random_32_bytes().value()).first(6)));
}

note::Signer log_signer(const std::string& origin) {
  return note::Signer(note::KeyName::from(origin).value(),
                      note::Seed(sha256(bytes_of("log " + origin)).bytes));
}

// A log of made-up leaves, and what it would send a witness.
class GrowingLog {
 public:
  explicit GrowingLog(const std::string& origin = "log.example") : signer_(log_signer(origin)) {
    for (int i = 0; i < 400; ++i) {
      leaves_.push_back(merkle::leaf_hash(bytes_of(origin + std::to_string(i))));
    }
  }
  note::Vkey vkey() const { return signer_.vkey(); }

  std::string note(std::uint64_t size) const {
    return note::sign_checkpoint(
        {vkey().name().value(), size, merkle::root_of(std::span(leaves_).first(size))}, signer_);
  }
  std::string request(std::uint64_t old_size, std::uint64_t size) const {
    merkle::Proof proof;
    if (old_size > 0 && old_size <= size) {
      proof = merkle::consistency_proof(merkle::TreeSize(old_size), merkle::TreeSize(size),
                                        merkle::hashes_of(leaves_))
                  .value();
    }
    return witness::AddCheckpoint{old_size, proof, note::Unverified::parse(note(size)).value()}
        .text();
  }
  std::string forked_request(std::uint64_t size) const {
    const note::Checkpoint other{vkey().name().value(), size, sha256(bytes_of("another tree"))};
    return witness::AddCheckpoint{
        size, {}, note::Unverified::parse(note::sign_checkpoint(other, signer_)).value()}
        .text();
  }

 private:
  note::Signer signer_;
  std::vector<Digest> leaves_;
};

class NotebookTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(create_notebook(folder_, "w.example", Grade::witness));
    ASSERT_TRUE(follow(folder_, log_.vkey(), std::nullopt));
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<Notebook> opened(const NotebookLimits& limits = {}) {
    auto notebook = Notebook::open(folder_, limits);
    EXPECT_TRUE(notebook) << to_string(notebook.error());
    return notebook ? std::move(*notebook) : nullptr;
  }
  Digest origin_hash() { return sha256(bytes_of(log_.vkey().name().value())); }
  fs::path segment(unsigned long number = 1) { return Layout{folder_}.segment(number); }

  fs::path folder_ = fresh_folder();
  GrowingLog log_;
};

TEST_F(NotebookTest, RemembersWhatItCosignedAndGoesOnFromThere) {
  std::string note;
  {
    auto notebook = opened();
    EXPECT_EQ(notebook->latest(origin_hash()), std::nullopt);
    EXPECT_EQ(notebook->answer(log_.request(0, 5), 1000).status, 200);
    note = notebook->latest(origin_hash()).value();
  }
  auto notebook = opened();
  EXPECT_EQ(notebook->latest(origin_hash()), note);
  const note::Vkey keys[] = {log_.vkey(), notebook->vkey()};
  const auto checked = note::open_checkpoint_of("log.example", note, keys);
  ASSERT_TRUE(checked) << to_string(checked.error());
  EXPECT_EQ(checked->note.signatures().size(), 2u);
  EXPECT_EQ(notebook->answer(log_.request(0, 7), 1001).status, 409);
  EXPECT_EQ(notebook->answer(log_.request(5, 7), 1001).status, 200);
  EXPECT_EQ(notebook->answer(log_.request(7, 5), 1001).status, 400);
}

TEST_F(NotebookTest, LetsOneOfTwoProgramsIn) {
  auto first = opened();
  const auto second = Notebook::open(folder_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::io);
}

TEST_F(NotebookTest, KeepsEveryNoteForEverOverManySegments) {
  {
    auto notebook = opened({.segment = 2000});
    for (std::uint64_t size = 1; size <= 60; ++size) {
      ASSERT_EQ(notebook->answer(log_.request(size - 1, size), size).status, 200);
    }
  }
  std::size_t notes = 0;
  std::string all;
  const auto names = os::files_in(Layout{folder_}.notes()).value();
  EXPECT_GT(names.size(), 5u);
  for (const std::string& name : names) all += os::read_text(folder_ / "notes" / name).value();
  for (std::uint64_t size = 1; size <= 60; ++size) {
    notes += all.find("log.example\n" + std::to_string(size) + "\n") != std::string::npos;
  }
  EXPECT_EQ(notes, 60u);
  EXPECT_EQ(opened()->known("log.example")->size, 60u);
}

TEST_F(NotebookTest, GivesAReplayTheSameCosignatureAndWritesNothing) {
  auto notebook = opened();
  const std::string first = notebook->answer(log_.request(0, 5), 1000).body;
  const auto bytes = fs::file_size(segment());
  EXPECT_EQ(notebook->answer(log_.request(5, 5), 1059).body, first);
  EXPECT_EQ(fs::file_size(segment()), bytes);
  const std::string later = notebook->answer(log_.request(5, 5), 1060).body;
  EXPECT_NE(later, first);
  EXPECT_GT(fs::file_size(segment()), bytes);
}

TEST_F(NotebookTest, KeepsTheEvidenceOfAForkUpToANumber) {
  auto notebook = opened({.forks_of_a_log = 1});
  ASSERT_EQ(notebook->answer(log_.request(0, 5), 1000).status, 200);
  EXPECT_EQ(notebook->answer(log_.forked_request(5), 1001).status, 422);
  EXPECT_EQ(notebook->answer(log_.forked_request(5), 1001).status, 422);
  const auto kept = os::files_in(Layout{folder_}.forks()).value();
  ASSERT_EQ(kept.size(), 1u);
  const auto evidence =
      witness::ForkEvidence::parse(os::read_text(folder_ / "forks" / kept[0]).value());
  ASSERT_TRUE(evidence);
  EXPECT_TRUE(verify(*evidence, log_.vkey()));
}

TEST_F(NotebookTest, CutOffAnywhereOpensAtWhatWasDurableBefore) {
  std::vector<std::uint64_t> ends;
  {
    auto notebook = opened();
    ends = {fs::file_size(segment())};
    for (std::uint64_t size = 1; size <= 3; ++size) {
      ASSERT_EQ(notebook->answer(log_.request(size - 1, size), size).status, 200);
      ends.push_back(fs::file_size(segment()));
    }
  }
  const std::string whole = os::read_text(segment()).value();
  for (std::size_t cut = ends[0]; cut <= whole.size(); ++cut) {
    ASSERT_TRUE(os::replace_file(segment(), whole.substr(0, cut), os::kPublic));
    const auto size = static_cast<std::uint64_t>(
        std::count_if(ends.begin() + 1, ends.end(), [&](std::uint64_t end) { return end <= cut; }));
    auto notebook = opened();
    ASSERT_TRUE(notebook);
    ASSERT_EQ(notebook->known("log.example")->size, size) << cut;
    ASSERT_EQ(fs::file_size(segment()), ends[size]) << cut;
  }
}

TEST_F(NotebookTest, WithAnyByteChangedBeforeItsLastBatchIsRefused) {
  std::uint64_t last = 0;
  {
    auto notebook = opened();
    for (std::uint64_t size = 1; size <= 3; ++size) {
      last = fs::file_size(segment());
      ASSERT_EQ(notebook->answer(log_.request(size - 1, size), size).status, 200);
    }
  }
  const std::string whole = os::read_text(segment()).value();
  for (std::size_t at = 0; at < last; ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    ASSERT_TRUE(os::replace_file(segment(), changed, os::kPublic));
    const auto notebook = Notebook::open(folder_);
    ASSERT_FALSE(notebook) << at;
    ASSERT_EQ(notebook.error().code, ErrorCode::untrusted) << at << to_string(notebook.error());
  }
}

TEST_F(NotebookTest, NeverForgetsALogThatIsNoLongerFollowed) {
  ASSERT_EQ(opened()->answer(log_.request(0, 5), 1000).status, 200);
  const std::string follows = os::read_text(Layout{folder_}.follows()).value();
  ASSERT_TRUE(os::replace_file(Layout{folder_}.follows(), "quorum none\n", os::kPublic));
  const GrowingLog other("other.example");
  ASSERT_TRUE(follow(folder_, other.vkey(), std::nullopt));
  {
    auto notebook = opened({.segment = 10});
    EXPECT_EQ(notebook->answer(log_.request(5, 6), 1001).status, 404);
    EXPECT_EQ(notebook->answer(other.request(0, 1), 1001).status, 200);  // makes a new segment
  }
  ASSERT_TRUE(fs::exists(segment(2)));
  ASSERT_TRUE(os::replace_file(Layout{folder_}.follows(), follows, os::kPublic));
  EXPECT_EQ(opened()->known("log.example")->size, 5u);
}

TEST_F(NotebookTest, TakesOverNoOtherKeyOfALogOnAnybodysWord) {
  const note::Signer other(log_.vkey().name(), note::Seed(sha256(bytes_of("other")).bytes));
  const auto again = follow(folder_, other.vkey(), std::nullopt);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  ASSERT_TRUE(follow(folder_, log_.vkey(), std::nullopt)) << "the same again changes nothing";
  ASSERT_EQ(opened()->answer(log_.request(0, 5), 1000).status, 200);
  ASSERT_TRUE(os::replace_file(Layout{folder_}.follows(),
                               "log " + other.vkey().text() + "\nquorum none\n", os::kPublic));
  const auto notebook = Notebook::open(folder_);
  ASSERT_FALSE(notebook) << "the note that was cosigned is not signed with the key in the file";
  EXPECT_EQ(notebook.error().code, ErrorCode::untrusted);
}

// Each thread tries to take the log one further; whoever is second is told the new size.
TEST_F(NotebookTest, AdvancesOnceHoweverManyAskAtOnce) {
  auto notebook = opened();
  std::atomic<std::uint64_t> cosigned{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (std::uint64_t size = 1; size <= 50; ++size) {
        const auto answer = notebook->answer(log_.request(size - 1, size), 1000);
        if (answer.status == 200 && answer.advance->old_size != size) ++cosigned;
        if (answer.status != 200) ASSERT_EQ(answer.status, 409);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(cosigned, 50u);
  EXPECT_EQ(notebook->known("log.example")->size, 50u);
  notebook.reset();
  EXPECT_EQ(opened()->known("log.example")->size, 50u);
}

TEST(Grade, IsTheLastPartOfTheKeysName) {
  EXPECT_EQ(grade_of_name("a.example/mirror"), Grade::mirror);
  EXPECT_EQ(grade_of_name("a.example/b/recounter"), Grade::recounter);
  EXPECT_EQ(grade_of_name("a.example/witness"), Grade::witness);
  EXPECT_EQ(grade_of_name("mirror"), Grade::witness);
  EXPECT_EQ(grade_of_name("a.example/other"), Grade::witness);
}

}  // namespace
}  // namespace scr::notebook
