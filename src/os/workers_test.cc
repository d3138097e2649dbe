// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "os/workers.h"

namespace scr::os {
namespace {

// What a worker is asked to do, by its first word.
std::string misbehave(std::string_view request) {
  if (request == "crash")
    std::raise(SIGABRT);  // not SIGSEGV, which sanitizers answer with calls that are forbidden
  if (request == "file" && ::open("/etc/passwd", O_RDONLY) >= 0) return "read it";
  if (request == "socket" && ::socket(AF_INET, SOCK_STREAM, 0) >= 0) return "spoke";
  if (request == "fork" && ::fork() >= 0) return "forked";
  if (request == "hang") {
    std::atomic<bool> never{false};
    while (!never.load()) {
    }
  }
  if (request == "hoard") {
    std::vector<std::string> all;
    for (int i = 0; i < 100; ++i) all.emplace_back().reserve(std::size_t{64} << 20);
    return std::to_string(all.size());
  }
  return "did " + std::string(request);
}

std::map<std::size_t, WorkerAnswer> answers_to(const std::vector<std::string>& requests,
                                               unsigned workers) {
  std::map<std::size_t, WorkerAnswer> answers;
  auto pool = Workers::start(workers, misbehave,
                             {.memory = std::uint64_t{1} << 30, .time = std::chrono::seconds(2)});
  EXPECT_TRUE(pool) << pool.error().what;
  if (!pool) return answers;
  const auto done = pool->run(
      requests.size(), [&](std::size_t i) { return Result<std::string>(requests[i]); },
      [&](std::size_t i, WorkerAnswer answer) { answers[i] = std::move(answer); });
  EXPECT_TRUE(done);
  return answers;
}

TEST(Workers, AnswerEachRequestInItsPlace) {
  std::vector<std::string> requests;
  for (int i = 0; i < 1000; ++i) requests.push_back(std::to_string(i));
  requests[500] = std::string(3'000'000, 'x');
  const auto answers = answers_to(requests, 3);
  ASSERT_EQ(answers.size(), requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i)
    EXPECT_EQ(answers.at(i).bytes, "did " + requests[i]);
}

TEST(Workers, EndAloneAndTheRestGoesOn) {
  const auto answers =
      answers_to({"one", "crash", "two", "file", "socket", "fork", "hang", "three"}, 2);
  ASSERT_EQ(answers.size(), 8u);
  for (const std::size_t good : {0u, 2u, 7u}) EXPECT_TRUE(answers.at(good).bytes) << good;
  for (const std::size_t bad : {1u, 3u, 4u, 5u, 6u}) EXPECT_FALSE(answers.at(bad).bytes) << bad;
  for (const std::size_t forbidden : {3u, 4u, 5u}) {
    EXPECT_EQ(answers.at(forbidden).end, WorkerEnd::forbidden_call)
        << forbidden << ": " << answers.at(forbidden).why;
  }
  EXPECT_EQ(answers.at(1).end, WorkerEnd::died);
  EXPECT_EQ(answers.at(6).end, WorkerEnd::out_of_time);
}

TEST(Workers, HaveOnlySoMuchMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers need the address space";
#else
  const auto answers = answers_to({"hoard", "after"}, 1);
  EXPECT_EQ(answers.at(0).end, WorkerEnd::out_of_memory);
  EXPECT_TRUE(answers.at(1).bytes);
#endif
}

TEST(Workers, AreAskedUntilThereIsNothingMore) {
  auto pool = Workers::start(2, misbehave, {});
  ASSERT_TRUE(pool);
  int left = 50;
  std::map<std::size_t, std::string> answers;
  const auto done = pool->run(
      [&]() -> Result<std::optional<std::string>> {
        if (left == 0) return std::optional<std::string>();
        return std::optional(std::to_string(left--));
      },
      [&](std::size_t i, const WorkerAnswer& answer) { answers[i] = answer.bytes.value_or(""); });
  EXPECT_TRUE(done);
  ASSERT_EQ(answers.size(), 50u);
  EXPECT_EQ(answers[0], "did 50");
  EXPECT_EQ(answers[49], "did 1");
}

TEST(Workers, StopWhenTheNextCannotBeHad) {
  auto pool = Workers::start(2, misbehave, {});
  ASSERT_TRUE(pool);
  int answered = 0;
  const auto done = pool->run(
      10,
      [&](std::size_t i) -> Result<std::string> {
        if (i == 3) return fail(ErrorCode::io, "no more");
        return std::string("work");
      },
      [&](std::size_t, const WorkerAnswer&) { ++answered; });
  EXPECT_FALSE(done);
  EXPECT_EQ(answered, 3);
}

}  // namespace
}  // namespace scr::os
