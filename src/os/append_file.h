// SPDX-License-Identifier: Apache-2.0
//
// A file that only grows, and whose growth is durable before anybody hears of it.
//
//   SCR_TRY(journal, AppendFile::open(file));
//   SCR_TRY_VOID(journal.append(bytes));   // on the disk when it returns
//
// A failing write or sync is final: what the disk then holds is unknown, so nothing more may be
// appended through this object. One thread at a time; move only.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace scr::os {

class AppendFile {
 public:
  // A file that is there. not_found, io.
  static Result<AppendFile> open(const std::filesystem::path& file);
  AppendFile(AppendFile&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), file_(std::move(other.file_)), size_(other.size_) {}
  AppendFile& operator=(AppendFile&& other) noexcept;
  ~AppendFile();

  std::uint64_t size() const { return size_; }  // bytes

  Result<void> append(std::string_view bytes);
  // Cuts it off at `size` bytes, durably. REQUIRES: not more than it has.
  Result<void> cut(std::uint64_t size);

 private:
  AppendFile(int fd, std::filesystem::path file, std::uint64_t size)
      : fd_(fd), file_(std::move(file)), size_(size) {}

  int fd_;
  std::filesystem::path file_;
  std::uint64_t size_;
};

}  // namespace scr::os
