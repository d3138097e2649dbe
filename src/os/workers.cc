// SPDX-License-Identifier: Apache-2.0
//
// One socket pair a worker. A request is its length and its bytes; so is an answer, behind one byte
// that says whether it is one. The parent is a single thread that polls.
#include "os/workers.h"

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

#include "os/internal/confine.h"
#include "os/parallel.h"

namespace scr::os {
namespace {

constexpr char kAnswer = 'A';
constexpr char kNoMemory = 'M';

bool read_all(int fd, char* out, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::read(fd, out, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    out += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    // A worker that died must not take this process with it.
    const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string length_of(std::string_view bytes) {
  const std::uint64_t size = bytes.size();
  return std::string(reinterpret_cast<const char*>(&size), sizeof size);
}

std::string framed(std::string_view bytes) {
  return length_of(bytes).append(bytes);
}

// What was taken for one picture is kept for the next, and not given back and asked for again.
void keep_memory() {
  constexpr int kLarge = 1 << 30;  // bytes
  ::mallopt(M_MMAP_THRESHOLD, kLarge);
  ::mallopt(M_TRIM_THRESHOLD, kLarge);
}

// The life of a worker: never returns.
[[noreturn]] void work_for_ever(int fd, const Workers::Work& work, const WorkerLimits& limits) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  keep_memory();
  if (!confine(limits.memory)) ::_exit(70);
  const char ready = kAnswer;
  if (!write_all(fd, std::string_view(&ready, 1))) ::_exit(0);
  std::string request;
  while (true) {
    std::uint64_t size = 0;
    if (!read_all(fd, reinterpret_cast<char*>(&size), sizeof size)) ::_exit(0);
    std::string answer;
    char kind = kAnswer;
    try {
      request.resize(size);
      if (!read_all(fd, request.data(), size)) ::_exit(0);
      answer = framed(work(request));
    } catch (const std::bad_alloc&) {
      kind = kNoMemory;
      answer = framed({});
    }
    if (!write_all(fd, std::string_view(&kind, 1)) || !write_all(fd, answer)) ::_exit(0);
    if (kind == kNoMemory) ::_exit(0);
  }
}

}  // namespace

class Workers::Pool {
 public:
  Pool(unsigned count, Work work, const WorkerLimits& limits)
      : work_(std::move(work)), limits_(limits), slots_(count) {}
  ~Pool() {
    for (Slot& slot : slots_) stop(slot);
  }

  Result<void> start_all() {
    for (Slot& slot : slots_) SCR_TRY_VOID(start(slot));
    return {};
  }

  Result<void> run(const std::function<Result<std::optional<std::string>>()>& request,
                   const std::function<void(std::size_t, WorkerAnswer)>& answer) {
    std::size_t next = 0;
    std::size_t busy = 0;
    bool more = true;
    Result<void> asked;
    while (true) {
      for (Slot& slot : slots_) {
        if (slot.item || !more) continue;
        auto bytes = request();
        if (!bytes) asked = tl::unexpected(std::move(bytes).error());
        more = bytes && bytes->has_value();
        if (!more) break;
        slot.item = next++;
        slot.deadline = Clock::now() + limits_.time;
        ++busy;
        // If it cannot be sent, the worker is dead: seen below.
        if (write_all(slot.fd, length_of(**bytes))) write_all(slot.fd, **bytes);
      }
      if (busy == 0) return asked;
      SCR_TRY_VOID(wait_once(answer, busy));
    }
  }

 private:
  using Clock = std::chrono::steady_clock;
  struct Slot {
    pid_t pid = -1;
    int fd = -1;
    std::optional<std::size_t> item;
    Clock::time_point deadline;
  };

  Result<void> start(Slot& slot) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
      return fail(ErrorCode::io, std::string("no socket for a worker: ") + std::strerror(errno));
    }
    slot.pid = ::fork();
    if (slot.pid < 0) {
      ::close(ends[0]);
      ::close(ends[1]);
      return fail(ErrorCode::io, std::string("no worker process: ") + std::strerror(errno));
    }
    if (slot.pid == 0) {
      for (const Slot& other : slots_) {
        if (other.fd >= 0) ::close(other.fd);
      }
      ::close(ends[0]);
      work_for_ever(ends[1], work_, limits_);
    }
    ::close(ends[1]);
    slot.fd = ends[0];
    char ready = 0;
    if (!read_all(slot.fd, &ready, 1)) {
      stop(slot);
      return fail(ErrorCode::io,
                  "this system does not let a process be confined (seccomp); pictures of strangers "
                  "are not read without that");
    }
    return {};
  }

  void stop(Slot& slot) {
    if (slot.pid > 0) {
      ::kill(slot.pid, SIGKILL);
      ::waitpid(slot.pid, nullptr, 0);
    }
    if (slot.fd >= 0) ::close(slot.fd);
    slot = Slot{};
  }

  // Waits for one answer, death or deadline at least.
  Result<void> wait_once(const std::function<void(std::size_t, WorkerAnswer)>& answer,
                         std::size_t& busy) {
    std::vector<pollfd> watched;
    std::vector<Slot*> who;
    auto earliest = Clock::time_point::max();
    for (Slot& slot : slots_) {
      if (!slot.item) continue;
      watched.push_back({slot.fd, POLLIN, 0});
      who.push_back(&slot);
      earliest = std::min(earliest, slot.deadline);
    }
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(earliest - Clock::now());
    const int wait = static_cast<int>(std::max<std::int64_t>(0, left.count() + 1));
    if (::poll(watched.data(), watched.size(), wait) < 0 && errno != EINTR) {
      return fail(ErrorCode::io, std::string("cannot wait for workers: ") + std::strerror(errno));
    }
    for (std::size_t i = 0; i < who.size(); ++i) {
      Slot& slot = *who[i];
      const bool late = Clock::now() >= slot.deadline;
      if (watched[i].revents == 0 && !late) continue;
      const std::size_t item = *slot.item;
      WorkerAnswer got = watched[i].revents != 0 ? take(slot) : ended(slot, true);
      slot.item.reset();
      --busy;
      if (!got.bytes) {
        stop(slot);
        SCR_TRY_VOID(start(slot));
      }
      answer(item, std::move(got));
    }
    return {};
  }

  WorkerAnswer take(Slot& slot) {
    char kind = 0;
    std::uint64_t size = 0;
    const bool whole = read_all(slot.fd, &kind, 1) &&
                       read_all(slot.fd, reinterpret_cast<char*>(&size), sizeof size);
    if (!whole || size > limits_.memory) return ended(slot, false);
    if (kind == kNoMemory)
      return {std::nullopt, WorkerEnd::out_of_memory, "needs more memory than it is allowed"};
    std::string bytes(size, '\0');
    if (!read_all(slot.fd, bytes.data(), size)) return ended(slot, false);
    return {std::move(bytes), WorkerEnd::died, {}};
  }

  WorkerAnswer ended(Slot& slot, bool late) {
    if (late)
      return {std::nullopt, WorkerEnd::out_of_time,
              "takes more than " + std::to_string(limits_.time.count()) + " s"};
    int status = 0;
    ::waitpid(slot.pid, &status, 0);
    slot.pid = -1;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) {
      return {std::nullopt, WorkerEnd::forbidden_call,
              "made a system call that reading a picture does not need"};
    }
    const std::string how = WIFSIGNALED(status)
                                ? std::string("signal ") + std::to_string(WTERMSIG(status))
                                : "exit " + std::to_string(WEXITSTATUS(status));
    return {std::nullopt, WorkerEnd::died, "the decoder died of it (" + how + ")"};
  }

  Work work_;
  WorkerLimits limits_;
  std::vector<Slot> slots_;
};

Workers::Workers(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}
Workers::Workers(Workers&&) noexcept = default;
Workers& Workers::operator=(Workers&&) noexcept = default;
Workers::~Workers() = default;

Result<Workers> Workers::start(unsigned count, Work work, const WorkerLimits& limits) {
  auto pool = std::make_unique<Pool>(count == 0 ? processors() : count, std::move(work), limits);
  SCR_TRY_VOID(pool->start_all());
  return Workers(std::move(pool));
}

Result<void> Workers::run(const std::function<Result<std::optional<std::string>>()>& request,
                          const std::function<void(std::size_t, WorkerAnswer)>& answer) {
  return pool_->run(request, answer);
}

Result<void> Workers::run(std::size_t count,
                          const std::function<Result<std::string>(std::size_t)>& request,
                          const std::function<void(std::size_t, WorkerAnswer)>& answer) {
  std::size_t next = 0;
  return pool_->run(
      [&]() -> Result<std::optional<std::string>> {
        if (next == count) return std::optional<std::string>();
        SCR_TRY(bytes, request(next++));
        return std::optional(std::move(bytes));
      },
      answer);
}

}  // namespace scr::os
