// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "election/definition.h"
#include "receive/arrivals.h"

namespace scr::receive {
namespace {

namespace fs = std::filesystem;
using What = Arrival::What;

std::string bytes_in(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

fs::path kept(const std::string& name) {
  return fs::path(SCR_SOURCE_DIR "/fuzz/corpus") / name;
}

derive::RecordState empty_state() {
  auto definition =
      election::parse_definition(bytes_in(SCR_SOURCE_DIR "/elections/made-up/election.toml"));
  EXPECT_TRUE(definition);
  return derive::RecordState(std::move(*definition));
}

class ArrivalsTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("scr-receive-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::vector<Arrival> all_of(const std::vector<fs::path>& files,
                              const derive::RecordState& state = empty_state()) {
    record::EvidenceBatch batch(folder_);
    Arrivals arrivals(files, state, batch);
    std::vector<Arrival> all;
    while (true) {
      auto next = arrivals.next();
      EXPECT_TRUE(next) << to_string(next.error());
      if (!next || !*next) break;
      all.push_back(std::move(**next));
    }
    EXPECT_TRUE(batch.make_durable());
    return all;
  }

  // "picture new 1", "refused link 3", "closed whole" ...
  static std::vector<std::string> said_by(const std::vector<Arrival>& all) {
    std::vector<std::string> said;
    for (const Arrival& one : all) {
      std::string text = one.what == What::picture     ? "picture"
                         : one.what == What::container ? "container"
                         : one.what == What::refused   ? "refused"
                                                       : "closed";
      if (one.what == What::refused || one.what == What::closed)
        text += std::string(" ") + name_of(one.reason);
      else
        text += one.is_new ? " new" : " again";
      if (one.part) text += " " + std::to_string(one.part->number);
      said.push_back(text);
    }
    return said;
  }

  fs::path folder_;
};

using Said = std::vector<std::string>;

TEST_F(ArrivalsTest, ComeInTheOrderOfFilesPartsAndThenWhatIsInThem) {
  const auto all = all_of({kept("archive_members/nested.zip"), kept("archive_members/two.zip")});
  EXPECT_EQ(said_by(all), (Said{"container new", "container new 1", "picture new 2", "closed whole",
                                "picture new 1", "closed whole",  // of the inner one
                                "container new", "picture again 1", "picture again 2",
                                "refused not-a-picture 3", "refused empty 4", "closed whole"}));
  EXPECT_TRUE(all[2].bytes);
  EXPECT_FALSE(all[7].bytes) << "what is known is not read again";
  for (const Arrival& one : all) {
    if (one.what != What::picture && one.what != What::container) continue;
    const std::string hex = one.sha256.hex();
    const std::string stored = bytes_in(folder_ / "evidence" / hex.substr(0, 2) / hex);
    EXPECT_EQ(sha256(bytes_of(stored)), one.sha256);
    EXPECT_EQ(stored.size(), one.size);
  }
}

TEST_F(ArrivalsTest, GoOnBehindTheLastPartThatIsOnRecord) {
  const fs::path file = kept("archive_members/two.zip");
  const auto whole = all_of({file});
  derive::RecordState state = empty_state();
  const auto on_record = [&](std::uint64_t index, entry::EvidenceKind kind, const Arrival& one) {
    state.evidence.push_back({entry::EntryIndex(index),
                              {entry::ClaimedTime(1), kind, one.sha256, one.size},
                              kind == entry::EvidenceKind::container ? 1u : 0u});
  };
  on_record(1, entry::EvidenceKind::container, whole[0]);
  on_record(2, entry::EvidenceKind::picture, whole[1]);
  state.containers.push_back({entry::EntryIndex(1), whole[0].sha256, 1});
  EXPECT_EQ(said_by(all_of({file}, state)),
            (Said{"picture new 2", "refused not-a-picture 3", "refused empty 4", "closed whole"}));
  state.containers[0].ending = "whole";
  EXPECT_EQ(said_by(all_of({file}, state)), Said{});
}

TEST_F(ArrivalsTest, AreRepeatsOnlyWhereTheyComeMoreOftenThanIsKnown) {
  const fs::path file = folder_ / "one";
  std::ofstream(file, std::ios::binary) << "\xFF\xD8\xFF one";
  const auto thrice = all_of({file, file, file});
  EXPECT_EQ(said_by(thrice), (Said{"picture new", "picture again", "picture again"}));
  derive::RecordState state = empty_state();
  state.evidence.push_back(
      {entry::EntryIndex(1),
       {entry::ClaimedTime(1), entry::EvidenceKind::picture, thrice[0].sha256, thrice[0].size},
       2});
  EXPECT_EQ(said_by(all_of({file, file}, state)), Said{});
  EXPECT_EQ(said_by(all_of({file, file, file}, state)), Said{"picture again"});
}

TEST_F(ArrivalsTest, GoThroughAContainerOnceHoweverOftenItComes) {
  const auto all = all_of({kept("archive_members/nested.zip"), kept("archive_members/nested.zip")});
  std::size_t closed = 0;
  for (const Arrival& one : all) closed += one.what == What::closed;
  EXPECT_EQ(closed, 2u);
  EXPECT_EQ(said_by(all).back(), "container again");
}

TEST_F(ArrivalsTest, FailForAFileThatIsNotThere) {
  record::EvidenceBatch batch(folder_);
  const auto state = empty_state();
  Arrivals arrivals({folder_ / "not"}, state, batch);
  const auto next = arrivals.next();
  ASSERT_FALSE(next);
  EXPECT_EQ(next.error().code, ErrorCode::not_found);
}

TEST_F(ArrivalsTest, LoseOnlyThePageThatIsTooMuchForItsProcess) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers need the address space";
#else
  // Its first page has 60 million pixels when it is drawn; its second is one small JPEG.
  record::EvidenceBatch batch(folder_);
  auto unpacking = Unpacking::start(kept("pdf_pages/large.pdf"), container::Format::pdf, 1, true,
                                    batch, {.memory = std::uint64_t{400} << 20});
  ASSERT_TRUE(unpacking);
  const auto first = unpacking->next();
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((*first)->number, 1u);
  EXPECT_TRUE((*first)->refused == container::Reason::out_of_memory ||
              (*first)->refused == container::Reason::killed_reader);
  const auto second = unpacking->next();
  ASSERT_TRUE(second && *second);
  EXPECT_EQ((*second)->number, 2u);
  EXPECT_EQ((*second)->how, container::How::embedded);
  EXPECT_FALSE((*second)->refused);
  const auto last = unpacking->next();
  EXPECT_TRUE(last && !*last);
  EXPECT_EQ(unpacking->ending(), container::Reason::whole);
  EXPECT_EQ(unpacking->parts(), 2u);
#endif
}

}  // namespace
}  // namespace scr::receive
