// SPDX-License-Identifier: Apache-2.0
//
// One writer at a time: an advisory lock (flock) on a file, held as long as the object lives, and
// let go by the kernel if the process dies.

#pragma once

#include <filesystem>
#include <utility>

#include "base/result.h"

namespace scr::os {

class FileLock {
 public:
  // Does not wait: io if somebody else holds it. Makes the file if it is missing.
  static Result<FileLock> take(const std::filesystem::path& file);
  FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace scr::os
