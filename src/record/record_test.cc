// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gtest/gtest.h>

#include "note/key.h"
#include "os/files.h"
#include "record/evidence.h"
#include "record/evidence_batch.h"
#include "record/layout.h"
#include "record/log.h"
#include "record/snapshot.h"
#include "record/staging.h"
#include "record/tree_state.h"
#include "tests/known_answers/known.h"
#include "tiles/bundle.h"

namespace scr::record {
namespace {

namespace fs = std::filesystem;

std::string entry(std::uint64_t i) {
  return "record " + std::to_string(i);
}

std::vector<std::string> entries(std::uint64_t from, std::uint64_t to) {
  std::vector<std::string> list;
  for (std::uint64_t i = from; i < to; ++i) list.push_back(entry(i));
  return list;
}

class Record : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "scr-record-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  Result<Log> create() {
    const std::array<std::byte, 32> seed{};
    return Log::create(folder_,
                       note::Signer(*note::KeyName::from("test.example/log"), note::Seed(seed)));
  }
  void flip(const fs::path& file, std::size_t at) {
    std::string bytes = *os::read_text(file);
    bytes[at % bytes.size()] = static_cast<char>(bytes[at % bytes.size()] ^ 1);
    fs::permissions(file, fs::perms::owner_all);
    std::ofstream(file, std::ios::binary) << bytes;
  }

  fs::path folder_;
};

TEST_F(Record, GrowsToTheKnownRootsInWhateverSteps) {
  const auto vectors = Known::file("log.json")["record_tree"];
  for (const std::uint64_t step : {1u, 7u, 256u, 300u, 1000u}) {
    TreeState tree;
    std::map<std::string, std::string> written;
    const TileSink sink = [&](const tiles::TileId& tile, std::string_view bytes) {
      written[tiles::path_of(tile)] = bytes;
      return Result<void>();
    };
    std::uint64_t next = 0;
    for (const auto& v : vectors["roots"]) {
      const std::uint64_t size = v["size"];
      if (size > 70000 || (step == 1 && size > 1000)) continue;
      while (next < size) {
        ASSERT_TRUE(tree.append(entry(next++), sink));
        if (next % step == 0) ASSERT_TRUE(tree.flush_partial(sink));
      }
      ASSERT_TRUE(tree.flush_partial(sink));
      EXPECT_EQ(tree.root().hex(), v["root_hex"]) << size << " in steps of " << step;
      const Known hashes = vectors["tile_sha256"];
      for (std::size_t i = 0; i < hashes.size(); ++i) {
        const std::string name = hashes.key(i);
        const std::string of_size = " (size " + std::to_string(size) + ")";
        const bool here = name.ends_with(of_size);
        const std::string path = here ? name.substr(0, name.size() - of_size.size()) : name;
        if (here || (name.find(" (size") == std::string::npos && size >= 256))
          EXPECT_EQ(sha256(bytes_of(written[path])).hex(), hashes[i]) << name;
      }
    }
  }
}

TEST_F(Record, WhatIsAppendedIsReadBackAcrossReopening) {
  std::uint64_t size = 0;
  ASSERT_TRUE(create());
  for (const std::uint64_t more : {1u, 2u, 253u, 1u, 256u, 300u, 5u}) {
    auto log = Log::open(folder_);
    ASSERT_TRUE(log) << to_string(log.error());
    ASSERT_EQ(log->size(), size);
    const auto first = log->append(entries(size, size + more));
    ASSERT_TRUE(first) << to_string(first.error());
    EXPECT_EQ(first->value(), size);
    size += more;
    const auto snapshot = read_snapshot(folder_, 2);
    ASSERT_TRUE(snapshot) << to_string(snapshot.error());
    ASSERT_EQ(snapshot->size(), size);
    for (std::uint64_t i = 0; i < size; ++i) EXPECT_EQ(snapshot->entries()[i], entry(i));
  }
}

TEST_F(Record, PartialTilesGoOnceTheFullOneIsThere) {
  auto log = create();
  ASSERT_TRUE(log && log->append(entries(0, 200)));
  EXPECT_TRUE(fs::exists(folder_ / "log/tile/0/000.p/200"));
  ASSERT_TRUE(log->append(entries(200, 300)));
  EXPECT_FALSE(fs::exists(folder_ / "log/tile/0/000.p"));
  EXPECT_FALSE(fs::exists(folder_ / "log/tile/entries/000.p"));
  EXPECT_TRUE(fs::exists(folder_ / "log/tile/0/001.p/44"));
  EXPECT_TRUE(fs::exists(folder_ / "log/checkpoints/200"));
}

TEST_F(Record, LetsOneWriterInAtATime) {
  auto log = create();
  ASSERT_TRUE(log);
  const auto second = Log::open(folder_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::io);
}

TEST_F(Record, AByteChangedAnywhereInTheEntriesIsNoticed) {
  {
    auto log = create();
    ASSERT_TRUE(log && log->append(entries(0, 3)));
  }
  const fs::path bundle = folder_ / "log/tile/entries/000.p/3";
  const std::size_t size = fs::file_size(bundle);
  for (std::size_t at = 0; at < size; ++at) {
    flip(bundle, at);
    const auto snapshot = read_snapshot(folder_);
    ASSERT_FALSE(snapshot) << at;
    EXPECT_EQ(snapshot.error().code, ErrorCode::untrusted);
    EXPECT_FALSE(Log::open(folder_)) << "nor is anything appended to it";
    flip(bundle, at);
  }
  EXPECT_TRUE(read_snapshot(folder_));
}

TEST_F(Record, SetBackToAnOlderCopyIsRefused) {
  {
    auto log = create();
    ASSERT_TRUE(log && log->append(entries(0, 3)));
    fs::copy_file(folder_ / "state/signed", folder_ / "older");
    ASSERT_TRUE(log->append(entries(3, 5)));
  }
  fs::copy_file(folder_ / "older", folder_ / "state/signed", fs::copy_options::overwrite_existing);
  const auto again = Log::open(folder_);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::untrusted);
}

TEST_F(Record, ThePrivateKeyIsForItsOwnerOnly) {
  ASSERT_TRUE(create());
  const auto mode = fs::status(folder_ / "keys/log.key").permissions();
  EXPECT_EQ(mode & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
}

TEST_F(Record, EvidenceIsHashedOnEveryRead) {
  EvidenceStore evidence(folder_);
  const auto digest = evidence.put(bytes_of("a sheet"));
  ASSERT_TRUE(digest);
  EXPECT_EQ(*evidence.put(bytes_of("a sheet")), *digest) << "the same again changes nothing";
  EXPECT_EQ(*evidence.get(*digest), "a sheet");
  flip(Layout{folder_}.evidence_of(*digest), 2);
  EXPECT_EQ(evidence.get(*digest).error().code, ErrorCode::untrusted);
  EXPECT_FALSE(evidence.put(bytes_of("a sheet"))) << "and not written over";
}

TEST(Staging, CutAnywhereIsWorthNothing) {
  const fs::path file = fs::temp_directory_path() / "scr-staging-test";
  {
    auto writer = StagingWriter::create(file);
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->add({false, 0, 0, 1}, std::string(32, 'h')));
    ASSERT_TRUE(writer->add({true, 0, 0, 1}, "end\nend\n"));
    ASSERT_TRUE(writer->finish());
  }
  const std::string staging = *os::read_text(file);
  fs::remove(file);
  int files = 0;
  const EachTile count = [&](const tiles::TileId&, std::string_view) {
    ++files;
    return Result<void>();
  };
  ASSERT_TRUE(read_staging(staging, count));
  EXPECT_EQ(files, 2);
  for (std::size_t size = 0; size < staging.size(); ++size) {
    files = 0;
    const bool whole = read_staging(staging.substr(0, size), count).has_value();
    EXPECT_FALSE(whole) << size;
  }
}

TEST_F(Record, GivesEvidenceItsNameOnlyOnceItIsSynced) {
  const std::filesystem::path evidence = folder_ / "evidence";
  Digest digest;
  {
    EvidenceBatch batch(folder_);
    digest = batch.put(bytes_of("a picture"))->sha256;
    EXPECT_EQ(digest, sha256(bytes_of("a picture")));
    EXPECT_EQ(os::read_text(batch.path_of(digest)).value(), "a picture");
    EXPECT_TRUE(os::files_below(evidence)->empty());
  }
  // Cut off here: the next one sweeps up.
  EvidenceBatch batch(folder_);
  EXPECT_TRUE(std::filesystem::is_empty(evidence));
  EXPECT_TRUE(batch.put(bytes_of("a picture")));
  EXPECT_TRUE(batch.put(bytes_of("a picture")));
  EXPECT_TRUE(batch.make_durable());
  EXPECT_EQ(os::files_below(evidence)->size(), 1u);
  EXPECT_EQ(EvidenceStore(folder_).get(digest).value(), "a picture");
}

TEST_F(Record, TakesAFileOfAnySizePieceByPiece) {
  EvidenceBatch batch(folder_);
  ASSERT_TRUE(batch.begin());
  std::string whole;
  for (int i = 0; i < 1000; ++i) {
    const std::string piece = std::to_string(i) + " ";
    whole += piece;
    ASSERT_TRUE(batch.write(piece));
  }
  const auto stored = batch.end();
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->sha256, sha256(bytes_of(whole)));
  EXPECT_EQ(stored->size, whole.size());
  const auto copied = batch.put_file(batch.path_of(stored->sha256));
  ASSERT_TRUE(copied);
  EXPECT_EQ(copied->sha256, stored->sha256);
  ASSERT_TRUE(batch.begin());
  ASSERT_TRUE(batch.write("never ended"));
  batch.give_up();
  EXPECT_TRUE(batch.make_durable());
  EXPECT_EQ(os::files_below(folder_ / "evidence")->size(), 1u);
}

TEST_F(Record, DoesNotTakeAnotherFileForTheOneThatIsMissing) {
  const Digest digest = sha256(bytes_of("true"));
  const auto file = Layout{folder_}.evidence_of(digest);
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << "altered";
  EvidenceBatch batch(folder_);
  const auto put = batch.put(bytes_of("true"));
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().code, ErrorCode::untrusted);
}

}  // namespace
}  // namespace scr::record
