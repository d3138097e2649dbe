// SPDX-License-Identifier: Apache-2.0
#include "os/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "os/files.h"

namespace scr::os {

Result<FileLock> FileLock::take(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kPrivate);
  if (fd < 0) return tl::unexpected(io_error("cannot be opened", file));
  FileLock lock(fd);
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) {
    return fail(ErrorCode::io,
                "another program is writing to this record just now; wait until it is done",
                file.parent_path().string());
  }
  return tl::unexpected(io_error("cannot be locked", file));
}

FileLock::~FileLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace scr::os
