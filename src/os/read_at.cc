// SPDX-License-Identifier: Apache-2.0
#include "os/read_at.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "os/files.h"

namespace scr::os {

FileAt::Descriptor::~Descriptor() {
  ::close(fd);
}

Result<FileAt> FileAt::open(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return tl::unexpected(io_error("cannot be opened", file));
  auto descriptor = std::make_shared<const Descriptor>(fd);
  struct stat status {};
  if (::fstat(fd, &status) != 0) return tl::unexpected(io_error("cannot be read", file));
  if (!S_ISREG(status.st_mode))
    return fail(ErrorCode::bad_input, "is no plain file", file.string());
  return FileAt(std::move(descriptor), file, static_cast<std::uint64_t>(status.st_size));
}

Result<void> FileAt::read(std::uint64_t offset, std::span<char> out) const {
  while (!out.empty()) {
    const ssize_t got =
        ::pread(descriptor_->fd, out.data(), out.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(io_error("cannot be read", file_));
    if (got == 0) return fail(ErrorCode::bad_input, "ends too early", file_.string());
    out = out.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return {};
}

}  // namespace scr::os
