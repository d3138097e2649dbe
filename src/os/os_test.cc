// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <numeric>

#include <gtest/gtest.h>

#include "os/clock.h"
#include "os/files.h"
#include "os/lock.h"
#include "os/parallel.h"
#include "os/random.h"

namespace scr::os {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "scr-os-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(Files, AreCreatedOnceAndReplacedInOneStep) {
  const fs::path file = folder_ / "a";
  ASSERT_TRUE(create_file(file, "one", kWriteOnce));
  EXPECT_EQ(create_file(file, "two", kWriteOnce).error().code, ErrorCode::conflict);
  EXPECT_EQ(*read_text(file), "one");
  ASSERT_TRUE(replace_file(file, "three", kPrivate));
  EXPECT_EQ(*read_text(file), "three");
  struct stat status {};
  ASSERT_EQ(stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0600u);
  EXPECT_EQ(files_in(folder_)->size(), 1u) << "no temporary file is left";
}

TEST_F(Files, ThatAreNotThereOrFoldersAreToldApart) {
  EXPECT_EQ(read_text(folder_ / "none").error().code, ErrorCode::not_found);
  EXPECT_EQ(read_text(folder_).error().code, ErrorCode::bad_input);
  EXPECT_EQ(make_folders(folder_ / "x" / "y").has_value(), true);
  std::ofstream(folder_ / "f") << "f";
  EXPECT_EQ(make_folders(folder_ / "f").error().code, ErrorCode::conflict);
}

TEST_F(Files, ThatCrashesLeftAreNotSeenAndAreSwept) {
  std::ofstream(folder_ / ".b.1.tmp") << "half";
  std::ofstream(folder_ / "b") << "whole";
  EXPECT_EQ(*files_in(folder_), std::vector<std::string>{"b"});
  EXPECT_EQ(*files_below(folder_), std::vector<std::string>{"b"});
  sweep_temporary_files(folder_);
  EXPECT_FALSE(fs::exists(folder_ / ".b.1.tmp"));
  EXPECT_TRUE(fs::exists(folder_ / "b"));
}

TEST_F(Files, LargerThanAnyBufferComeBackWhole) {
  std::string large(3'000'001, 'x');
  large[2'999'999] = 'y';
  auto file = SequentialFile::create(folder_ / "large", kPublic);
  ASSERT_TRUE(file && file->write(large) && file->sync_and_close());
  EXPECT_EQ(*read_text(folder_ / "large"), large);
}

TEST_F(Files, ThatHaveTooMuchOrNeverEndAreRefused) {
  ASSERT_TRUE(create_file(folder_ / "ten", "0123456789", kPublic));
  EXPECT_EQ(*read_text(folder_ / "ten", 10), "0123456789");
  EXPECT_EQ(read_text(folder_ / "ten", 9).error().code, ErrorCode::bad_input);
  EXPECT_EQ(read_text("/dev/zero", 100'000).error().code, ErrorCode::bad_input);
  // Without a size of its own, and shorter than what is allowed.
  EXPECT_FALSE(read_text("/proc/self/comm", 100)->empty());
}

TEST_F(Files, AreReadIntoOneMemoryBesideEachOther) {
  Arena arena;
  ASSERT_TRUE(create_file(folder_ / "one", "first", kPublic));
  ASSERT_TRUE(create_file(folder_ / "none", "", kPublic));
  const std::string large(3'000'000, 'x');
  ASSERT_TRUE(create_file(folder_ / "large", large, kPublic));
  const auto one = read_into(folder_ / "one", arena);
  const auto none = read_into(folder_ / "none", arena);
  const auto again = read_into(folder_ / "large", arena);
  EXPECT_EQ(*one, "first");
  EXPECT_EQ(*none, "");
  EXPECT_EQ(*again, large);
  EXPECT_EQ(read_into(folder_ / "gone", arena).error().code, ErrorCode::not_found);
  // A file that has no size of its own.
  EXPECT_EQ(*read_into("/proc/self/comm", arena), *read_text("/proc/self/comm"));
}

TEST_F(Files, LockIsHeldUntilItsObjectGoes) {
  {
    const auto first = FileLock::take(folder_ / "lock");
    ASSERT_TRUE(first);
    EXPECT_EQ(FileLock::take(folder_ / "lock").error().code, ErrorCode::io);
  }
  EXPECT_TRUE(FileLock::take(folder_ / "lock"));
}

TEST(ParallelFor, DoesEachItemOnceOnAnyNumberOfThreads) {
  for (const unsigned threads : {0u, 1u, 2u, 7u}) {
    std::vector<int> done(1000, 0);
    std::atomic<int> calls{0};
    parallel_for(done.size(), threads, [&](std::size_t i) {
      ++done[i];
      ++calls;
    });
    EXPECT_EQ(calls, 1000);
    EXPECT_EQ(std::accumulate(done.begin(), done.end(), 0), 1000);
  }
  parallel_for(0, 4, [](std::size_t) { FAIL(); });
}

TEST(Random, DoesNotRepeat) {
  EXPECT_NE(*random_32_bytes(), *random_32_bytes());
}

TEST(Clock, IsSetByWhoeverHandsItIn) {
  FixedClock fixed(1722222222);
  EXPECT_EQ(fixed.now(), 1722222222u);
  SystemClock system;
  EXPECT_GT(system.now(), 1'700'000'000u);
}

}  // namespace
}  // namespace scr::os
