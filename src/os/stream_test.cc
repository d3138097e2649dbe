// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <new>
#include <vector>

#include <gtest/gtest.h>

#include "os/stream.h"

namespace scr::os {
namespace {

// A file for the process to read, gone with the test.
class StreamTest : public testing::Test {
 protected:
  void SetUp() override {
    file_ = std::filesystem::temp_directory_path() / ("scr-stream-" + std::to_string(::getpid()));
    std::ofstream(file_) << "what a stranger sent";
  }
  void TearDown() override { std::filesystem::remove(file_); }

  struct Told {
    std::vector<std::string> messages;
    StreamEvent last;
  };

  Told told_by(const Stream::Work& work, const StreamLimits& limits = {}) {
    Told told;
    auto stream = Stream::start(file_, work, limits);
    EXPECT_TRUE(stream) << to_string(stream.error());
    while (stream) {
      auto event = stream->next();
      EXPECT_TRUE(event);
      if (!event->message) {
        told.last = *event;
        return told;
      }
      told.messages.push_back(std::move(*event->message));
    }
    return told;
  }

  std::filesystem::path file_;
};

TEST_F(StreamTest, TellsOfTheOneFileInManyMessages) {
  const Told told = told_by([](const StreamInput& input, const Stream::Send& send) {
    char some[4];
    const auto got = input.read(5, some);
    send(std::string_view(some, got.value_or(0)));
    send(text_of(input.whole()));
    send("");
    for (int i = 0; i < 100; ++i) send(std::string(kLargestMessage, 'x'));
  });
  ASSERT_EQ(told.messages.size(), 103u);
  EXPECT_EQ(told.messages[0], "a st");
  EXPECT_EQ(told.messages[1], "what a stranger sent");
  EXPECT_EQ(told.messages[102], std::string(kLargestMessage, 'x'));
  EXPECT_TRUE(told.last.whole);
}

TEST_F(StreamTest, OpensNoOtherFileAndEndsAtOnceIfItAsksForTheNetwork) {
  const Told refused = told_by([](const StreamInput&, const Stream::Send& send) {
    const bool opened = ::open("/etc/passwd", O_RDONLY) >= 0;
    send(opened ? "opened" : errno == EACCES ? "refused" : "other");
  });
  EXPECT_EQ(refused.messages, std::vector<std::string>{"refused"});
  EXPECT_TRUE(refused.last.whole);
  const Told killed = told_by([](const StreamInput&, const Stream::Send& send) {
    send("before");
    ::socket(AF_INET, SOCK_STREAM, 0);
    send("after");
  });
  EXPECT_EQ(killed.messages, std::vector<std::string>{"before"});
  EXPECT_FALSE(killed.last.whole);
  EXPECT_EQ(killed.last.end, WorkerEnd::forbidden_call);
}

TEST_F(StreamTest, SaysWhatBecameOfTheProcess) {
  EXPECT_EQ(told_by([](auto&, auto&) { std::raise(SIGABRT); }).last.end, WorkerEnd::died);
  EXPECT_EQ(told_by([](auto&, auto&) { throw std::bad_alloc(); }).last.end,
            WorkerEnd::out_of_memory);
  const Told hangs = told_by(
      [](auto&, auto& send) {
        send("so far");
        std::atomic<bool> never{false};
        while (!never.load()) {
        }
      },
      {.silence = std::chrono::seconds(1)});
  EXPECT_EQ(hangs.messages, std::vector<std::string>{"so far"});
  EXPECT_EQ(hangs.last.end, WorkerEnd::out_of_time);
}

TEST_F(StreamTest, BelievesNoMessageThatIsTooLarge) {
  const Told told = told_by([](auto&, auto& send) { send(std::string(kLargestMessage + 1, 'x')); });
  EXPECT_TRUE(told.messages.empty());
  EXPECT_FALSE(told.last.whole);
}

TEST_F(StreamTest, HasOnlySoMuchMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers need the address space";
#else
  const Told told = told_by([](auto&, auto&) {
    std::vector<std::string> all;
    for (int i = 0; i < 100; ++i) all.emplace_back().reserve(std::size_t{64} << 20);
  });
  EXPECT_EQ(told.last.end, WorkerEnd::out_of_memory);
#endif
}

TEST_F(StreamTest, IsNotStartedWithoutItsFile) {
  const auto stream = Stream::start(file_.string() + ".not", [](auto&, auto&) {}, {});
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace scr::os
