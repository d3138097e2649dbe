// SPDX-License-Identifier: Apache-2.0
//
// A process that takes one stranger's file apart and hands out what is in it, message by message:
// however large the file, neither side holds more of it than a message.
//
//   SCR_TRY(stream, Stream::start(file, unpack, {}));
//   while (true) {
//     SCR_TRY(event, stream.next());
//     if (!event.message) break;      // event.end says how it ended
//     ...
//   }
//
// Confined as workers are (os/workers.h), but for the one file, which was opened for it. Asking for
// another file is refused rather than fatal: the libraries that read documents look for fonts and
// settings, and go on without. What a taken-over process sends is a stranger's bytes as well:
// parse strictly.
//
// One thread; move only. Start it while this process has one thread.

#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "os/workers.h"

namespace scr::os {

// The file, as the process sees it.
class StreamInput {
 public:
  StreamInput(int fd, std::uint64_t size) : fd_(fd), size_(size) {}
  std::uint64_t size() const { return size_; }  // bytes
  // Bytes from `offset` on, as many as there are and fit; 0 at the end, nothing if the disk fails.
  std::optional<std::size_t> read(std::uint64_t offset, std::span<char> out) const;
  // All of it, mapped rather than read. Empty if that is not possible.
  ByteView whole() const;

 private:
  int fd_;
  std::uint64_t size_;
};

struct StreamLimits {
  // Bytes of address space, beside those of the file when it is mapped.
  std::uint64_t memory = std::uint64_t{1} << 30;
  std::chrono::seconds silence{60};  // by the clock, from one message to the next
};

// The largest message.
inline constexpr std::size_t kLargestMessage = std::size_t{1} << 20;

struct StreamEvent {
  std::optional<std::string> message;
  // Without a message: true if the work came to its end, otherwise what became of the process.
  bool whole = false;
  WorkerEnd end = WorkerEnd::died;
};

class Stream {
 public:
  using Send = std::function<void(std::string_view message)>;
  // Runs in the process, which ends with it. bad_alloc that it throws is out_of_memory.
  using Work = std::function<void(const StreamInput&, const Send&)>;

  // not_found or io if the file cannot be opened; io if no process can be confined.
  static Result<Stream> start(const std::filesystem::path& file, const Work& work,
                              const StreamLimits& limits);

  Stream(Stream&& other) noexcept;
  Stream& operator=(Stream&&) noexcept;
  ~Stream();  // ends the process

  // Waits for the next message. io only if this side cannot wait.
  Result<StreamEvent> next();

 private:
  Stream(pid_t pid, int fd, const StreamLimits& limits) : pid_(pid), fd_(fd), limits_(limits) {}
  StreamEvent ended();
  void stop();

  pid_t pid_ = -1;
  int fd_ = -1;
  StreamLimits limits_;
};

}  // namespace scr::os
