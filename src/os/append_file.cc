// SPDX-License-Identifier: Apache-2.0
#include "os/append_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "os/files.h"

namespace scr::os {

Result<AppendFile> AppendFile::open(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (fd < 0) return tl::unexpected(io_error("cannot be opened", file));
  AppendFile opened(fd, file, 0);
  struct stat status {};
  if (::fstat(fd, &status) != 0) return tl::unexpected(io_error("cannot be read", file));
  opened.size_ = static_cast<std::uint64_t>(status.st_size);
  return opened;
}

AppendFile& AppendFile::operator=(AppendFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(file_, other.file_);
  std::swap(size_, other.size_);
  return *this;
}

AppendFile::~AppendFile() {
  if (fd_ >= 0) ::close(fd_);
}

Result<void> AppendFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return tl::unexpected(io_error("cannot be written", file_));
    bytes.remove_prefix(static_cast<std::size_t>(written));
    size_ += static_cast<std::uint64_t>(written);
  }
  // The size of the file is part of what fdatasync(2) makes durable.
  if (::fdatasync(fd_) != 0) return tl::unexpected(io_error("cannot be synced", file_));
  return {};
}

Result<void> AppendFile::cut(std::uint64_t size) {
  if (::ftruncate(fd_, static_cast<off_t>(size)) != 0 || ::fsync(fd_) != 0) {
    return tl::unexpected(io_error("cannot be cut off", file_));
  }
  size_ = size;
  return {};
}

}  // namespace scr::os
