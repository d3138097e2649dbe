// SPDX-License-Identifier: Apache-2.0
//
// One socket pair. A message is the byte 'm', its length in four bytes and itself; 'e' alone is the
// good end, 'n' that there was not memory enough. Anything else, or nothing, is a process that died
// or was taken over.
#include "os/stream.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <utility>

#include "os/files.h"
#include "os/internal/confine.h"

namespace scr::os {
namespace {

constexpr char kMessage = 'm';
constexpr char kEnd = 'e';
constexpr char kStreamNoMemory = 'n';

// Not write(2): a parent that is gone must not become a signal.
void send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) ::_exit(0);
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

[[noreturn]] void work_once(int fd, const StreamInput& input, const Stream::Work& work,
                            const StreamLimits& limits) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (!confine(limits.memory + input.size(), AskedForFile::is_refused)) ::_exit(70);
  char last = kEnd;
  send_all(fd, std::string_view(&kMessage, 1));  // confined, and ready
  try {
    work(input, [&](std::string_view message) {
      const auto size = static_cast<std::uint32_t>(message.size());
      char head[1 + sizeof size] = {kMessage};
      std::memcpy(head + 1, &size, sizeof size);
      send_all(fd, std::string_view(head, sizeof head));
      send_all(fd, message);
    });
  } catch (const std::bad_alloc&) {
    last = kStreamNoMemory;
  }
  send_all(fd, std::string_view(&last, 1));
  ::_exit(0);
}

enum class Got { bytes, nothing, late };

// Fills `out`, unless the other side ends or is silent until `deadline`.
Got receive(int fd, std::span<char> out, std::chrono::steady_clock::time_point deadline) {
  while (!out.empty()) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    pollfd watched{fd, POLLIN, 0};
    const int ready =
        ::poll(&watched, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
    if (ready == 0) return Got::late;
    if (ready < 0 && errno == EINTR) continue;
    const ssize_t got = ready < 0 ? -1 : ::read(fd, out.data(), out.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return Got::nothing;
    out = out.subspan(static_cast<std::size_t>(got));
  }
  return Got::bytes;
}

}  // namespace

std::optional<std::size_t> StreamInput::read(std::uint64_t offset, std::span<char> out) const {
  while (true) {
    const ssize_t got = ::pread(fd_, out.data(), out.size(), static_cast<off_t>(offset));
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return std::nullopt;
  }
}

ByteView StreamInput::whole() const {
  if (size_ == 0) return {};
  void* at = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd_, 0);
  if (at == MAP_FAILED) return {};
  return {static_cast<const std::byte*>(at), size_};  // until the process ends
}

Result<Stream> Stream::start(const std::filesystem::path& file, const Work& work,
                             const StreamLimits& limits) {
  const int input = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (input < 0) return tl::unexpected(io_error("cannot be opened", file));
  struct stat status {};
  int ends[2] = {-1, -1};
  if (::fstat(input, &status) != 0 ||
      ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    Error error = io_error("cannot be handed to a process of its own", file);
    ::close(input);
    return tl::unexpected(std::move(error));
  }
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::close(ends[0]);
    work_once(ends[1], {input, static_cast<std::uint64_t>(status.st_size)}, work, limits);
  }
  ::close(input);
  ::close(ends[1]);
  if (pid < 0) {
    ::close(ends[0]);
    return fail(ErrorCode::io, std::string("no process to read it in: ") + std::strerror(errno),
                file.string());
  }
  Stream stream(pid, ends[0], limits);
  char ready = 0;
  const auto deadline = std::chrono::steady_clock::now() + limits.silence;
  if (receive(stream.fd_, std::span(&ready, 1), deadline) != Got::bytes) {
    return fail(ErrorCode::io,
                "this system does not let a process be confined (seccomp); files of strangers are "
                "not taken apart without that",
                file.string());
  }
  return stream;
}

Stream::Stream(Stream&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      fd_(std::exchange(other.fd_, -1)),
      limits_(other.limits_) {}

Stream& Stream::operator=(Stream&& other) noexcept {
  if (this == &other) return *this;
  stop();
  pid_ = std::exchange(other.pid_, -1);
  fd_ = std::exchange(other.fd_, -1);
  limits_ = other.limits_;
  return *this;
}

Stream::~Stream() {
  stop();
}

void Stream::stop() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  if (fd_ >= 0) ::close(fd_);
  pid_ = fd_ = -1;
}

Result<StreamEvent> Stream::next() {
  const auto deadline = std::chrono::steady_clock::now() + limits_.silence;
  char kind = 0;
  std::uint32_t size = 0;
  Got got = receive(fd_, std::span(&kind, 1), deadline);
  if (got == Got::bytes && kind == kEnd) return StreamEvent{.whole = true};
  if (got == Got::bytes && kind == kStreamNoMemory)
    return StreamEvent{.end = WorkerEnd::out_of_memory};
  if (got == Got::bytes && kind == kMessage) {
    got = receive(fd_, std::span(reinterpret_cast<char*>(&size), sizeof size), deadline);
    if (got == Got::bytes && size <= kLargestMessage) {
      StreamEvent event{.message = std::string(size, '\0')};
      got = receive(fd_, std::span(event.message->data(), size), deadline);
      if (got == Got::bytes) return event;
    }
  }
  if (got == Got::late) return StreamEvent{.end = WorkerEnd::out_of_time};
  return ended();
}

StreamEvent Stream::ended() {
  // Silent without being gone: it has nothing more to say that would count.
  ::shutdown(fd_, SHUT_RDWR);
  int status = 0;
  for (int i = 0; i < 100 && ::waitpid(pid_, &status, WNOHANG) == 0; ++i) {
    if (i == 99) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, &status, 0);
    }
    ::usleep(1000);
  }
  pid_ = -1;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) return {.end = WorkerEnd::forbidden_call};
  return {.end = WorkerEnd::died};
}

}  // namespace scr::os
