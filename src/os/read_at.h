// SPDX-License-Identifier: Apache-2.0
//
// A file that is read here and there: a bundle in one file, of which a part is wanted.
//
// Any thread, several at once: reading moves nothing.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"

namespace scr::os {

class FileAt {
 public:
  // not_found if there is no such file; bad_input if it is no plain file.
  static Result<FileAt> open(const std::filesystem::path& file);

  std::uint64_t size() const { return size_; }  // bytes, when it was opened
  // Fills `out` with the bytes from `offset` on; bad_input if the file does not hold so many.
  Result<void> read(std::uint64_t offset, std::span<char> out) const;

 private:
  struct Descriptor {
    explicit Descriptor(int number) : fd(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();
    int fd;
  };
  FileAt(std::shared_ptr<const Descriptor> descriptor, std::filesystem::path file,
         std::uint64_t size)
      : descriptor_(std::move(descriptor)), file_(std::move(file)), size_(size) {}

  std::shared_ptr<const Descriptor> descriptor_;
  std::filesystem::path file_;
  std::uint64_t size_ = 0;
};

}  // namespace scr::os
