// SPDX-License-Identifier: Apache-2.0
//
// Processes that do dangerous work: decoding a stranger's bytes with large libraries.
//
//   SCR_TRY(workers, Workers::start(0, read_picture, {}));
//   workers.run(files.size(), request_of, take_answer);
//
// A worker is forked and never executes another program. It has no network, opens no file, starts
// no process: only what computing needs is allowed it (seccomp-bpf, seccomp(2)); its memory and
// time are limited. One that dies is replaced, and its request answered with what became of it; the
// others go on.
//
// Start them before the first thread of this process. One thread; move only.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace scr::os {

struct WorkerLimits {
  std::uint64_t memory = std::uint64_t{2} << 30;  // bytes of address space
  std::chrono::seconds time{60};                  // by the clock, for one request
};

// What became of a request that has no answer; `what` of the error says it in words.
enum class WorkerEnd { died, out_of_memory, out_of_time, forbidden_call };

struct WorkerAnswer {
  // The answer, or how the worker ended and what to say of it.
  std::optional<std::string> bytes;
  WorkerEnd end = WorkerEnd::died;
  std::string why;
};

class Workers {
 public:
  // Runs in the worker. Must not rely on threads, files or the environment.
  using Work = std::function<std::string(std::string_view request)>;

  // `count`: 0 for one a processor. io if the system refuses to confine a process: then nothing is
  // read rather than read unprotected.
  static Result<Workers> start(unsigned count, Work work, const WorkerLimits& limits);

  Workers(Workers&&) noexcept;
  Workers& operator=(Workers&&) noexcept;
  ~Workers();

  // Asks `request` for one after another, as workers are free, until it gives nothing, and hands
  // each answer to `answer` with its number, counted from 0 in the order of asking; both in this
  // thread, in the order in which they come. Stops asking when `request` fails, waits for what is
  // under way, and returns that error.
  Result<void> run(const std::function<Result<std::optional<std::string>>()>& request,
                   const std::function<void(std::size_t, WorkerAnswer)>& answer);
  // The same for 0 .. count - 1.
  Result<void> run(std::size_t count,
                   const std::function<Result<std::string>(std::size_t)>& request,
                   const std::function<void(std::size_t, WorkerAnswer)>& answer);

 private:
  class Pool;
  explicit Workers(std::unique_ptr<Pool> pool);
  std::unique_ptr<Pool> pool_;
};

}  // namespace scr::os
