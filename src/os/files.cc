// SPDX-License-Identifier: Apache-2.0
#include "os/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <span>
#include <system_error>
#include <utility>

namespace scr::os {
namespace {

namespace fs = std::filesystem;

class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  ~Fd() {
    if (fd_ >= 0) ::close(fd_);
  }
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

struct Opened {
  Fd fd;
  std::size_t size;  // as the file system says
  bool exact;        // a plain file with a size of its own; false for a pipe, /proc and the like
};

Result<Opened> open_to_read(const fs::path& file) {
  Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return tl::unexpected(io_error("cannot be opened", file));
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return tl::unexpected(io_error("cannot be read", file));
  if (S_ISDIR(status.st_mode)) return fail(ErrorCode::bad_input, "is a folder", file.string());
  const auto size = static_cast<std::size_t>(std::max<off_t>(status.st_size, 0));
  return Opened{std::move(fd), size, S_ISREG(status.st_mode) && size > 0};
}

tl::unexpected<Error> too_large(const fs::path& file, std::size_t most) {
  return fail(ErrorCode::bad_input,
              "has more than " + std::to_string(most) + " bytes, the most that is read as one file",
              file.string());
}

// Between 1 byte and all of `room`; 0 at the end.
Result<std::size_t> read_some(int fd, std::span<char> room, const fs::path& file) {
  while (true) {
    const ssize_t got = ::read(fd, room.data(), room.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return tl::unexpected(io_error("cannot be read", file));
  }
}

Result<void> write_all(int fd, std::string_view bytes, const fs::path& file) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return tl::unexpected(io_error("cannot be written", file));
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

fs::path temporary_beside(const fs::path& file) {
  static std::atomic<unsigned> counter{0};
  return file.parent_path() / ("." + file.filename().string() + "." + std::to_string(::getpid()) +
                               "." + std::to_string(counter++) + ".tmp");
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

// A synced file under a temporary name.
Result<fs::path> write_temporary(const fs::path& file, std::string_view bytes, int mode) {
  fs::path temporary = temporary_beside(file);
  const Fd fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (fd.get() < 0) return tl::unexpected(io_error("cannot be made", temporary));
  Result<void> done = write_all(fd.get(), bytes, temporary);
  if (done && ::fchmod(fd.get(), static_cast<mode_t>(mode)) != 0) {
    done = tl::unexpected(io_error("cannot be given its mode", temporary));
  }
  if (done && ::fsync(fd.get()) != 0) {
    done = tl::unexpected(io_error("cannot be synced", temporary));
  }
  if (!done) {
    ::unlink(temporary.c_str());
    return tl::unexpected(std::move(done).error());
  }
  return temporary;
}

}  // namespace

Error io_error(const std::string& what, const fs::path& file) {
  const int number = errno;
  const ErrorCode code =
      number == ENOENT || number == ENOTDIR ? ErrorCode::not_found : ErrorCode::io;
  return Error{code, what + ": " + std::strerror(number), file.string()};
}

Result<std::string> read_text(const fs::path& file, std::size_t most) {
  SCR_TRY(opened, open_to_read(file));
  if (opened.size > most) return too_large(file, most);
  std::string text;
  text.resize(opened.size + 1);
  std::size_t size = 0;
  while (true) {
    SCR_TRY(got, read_some(opened.fd.get(), std::span(text).subspan(size), file));
    size += got;
    if (got == 0) break;
    if (size > most) return too_large(file, most);
    if (size == text.size()) text.resize(std::min(text.size() * 2, most + 1));
  }
  text.resize(size);
  return text;
}

Result<std::string_view> read_into(const fs::path& file, Arena& arena) {
  SCR_TRY(opened, open_to_read(file));
  // One byte more than it has, to see its end.
  std::span<char> room = arena.take(opened.size + 1);
  std::size_t size = 0;
  while (true) {
    SCR_TRY(got, read_some(opened.fd.get(), room.subspan(size), file));
    size += got;
    // A regular file gives less than was asked for only at its end.
    if (got == 0 || (opened.exact && size < room.size())) break;
    if (size == room.size()) {
      const std::span<char> larger = arena.take(room.size() * 2);
      std::memcpy(larger.data(), room.data(), size);
      room = larger;
    }
  }
  arena.give_back(room.size() - size);
  return std::string_view(room.data(), size);
}

Result<void> read_pieces(const fs::path& file,
                         const std::function<Result<void>(std::string_view)>& take) {
  SCR_TRY(opened, open_to_read(file));
  std::vector<char> piece(std::size_t{1} << 20);
  while (true) {
    SCR_TRY(got, read_some(opened.fd.get(), piece, file));
    if (got == 0) return {};
    SCR_TRY_VOID(take(std::string_view(piece.data(), got)));
  }
}

Result<std::string> beginning_of(const fs::path& file, std::size_t most) {
  SCR_TRY(opened, open_to_read(file));
  std::string text(most, '\0');
  std::size_t size = 0;
  while (size < most) {
    SCR_TRY(got, read_some(opened.fd.get(), std::span(text).subspan(size), file));
    if (got == 0) break;
    size += got;
  }
  text.resize(size);
  return text;
}

Result<std::vector<std::string>> files_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  if (!fs::exists(folder, error)) return names;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (it->is_regular_file(error) && name[0] != '.') names.push_back(name);
  }
  if (error) return fail(ErrorCode::io, error.message(), folder.string());
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::vector<std::string>> files_below(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  if (!fs::exists(folder, error)) return names;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_regular_file(error) && it->path().filename().string()[0] != '.') {
      names.push_back(it->path().lexically_relative(folder).generic_string());
    }
  }
  if (error) return fail(ErrorCode::io, error.message(), folder.string());
  std::sort(names.begin(), names.end());
  return names;
}

Result<void> replace_file(const fs::path& file, std::string_view bytes, int mode) {
  SCR_TRY(temporary, write_temporary(file, bytes, mode));
  if (::rename(temporary.c_str(), file.c_str()) != 0) {
    Error error = io_error("cannot be put in place", file);
    ::unlink(temporary.c_str());
    return tl::unexpected(std::move(error));
  }
  return sync_folder(folder_of(file));
}

Result<void> create_file(const fs::path& file, std::string_view bytes, int mode) {
  SCR_TRY(temporary, write_temporary(file, bytes, mode));
  const int linked = ::link(temporary.c_str(), file.c_str());
  const int number = errno;
  ::unlink(temporary.c_str());
  if (linked != 0 && number == EEXIST) {
    return fail(ErrorCode::conflict, "is there already", file.string());
  }
  errno = number;
  if (linked != 0) return tl::unexpected(io_error("cannot be put in place", file));
  return sync_folder(folder_of(file));
}

Result<void> make_folders(const fs::path& folder) {
  if (folder.empty() || folder == "/" || folder == ".") return {};
  struct stat status {};
  if (::stat(folder.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return {};
    return fail(ErrorCode::conflict, "is a file, not a folder", folder.string());
  }
  SCR_TRY_VOID(make_folders(folder.parent_path()));
  if (::mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST) {
    return tl::unexpected(io_error("cannot be made", folder));
  }
  return sync_folder(folder_of(folder));
}

void sweep_temporary_files(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> left;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with('.') && name.ends_with(".tmp")) left.push_back(it->path());
  }
  for (const fs::path& file : left) fs::remove(file, error);
}

Result<void> sync_folder(const fs::path& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0) return tl::unexpected(io_error("cannot be opened", folder));
  if (::fsync(fd.get()) != 0) return tl::unexpected(io_error("cannot be synced", folder));
  return {};
}

Result<void> sync_file_system(const fs::path& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0) return tl::unexpected(io_error("cannot be opened", folder));
  if (::syncfs(fd.get()) != 0) return tl::unexpected(io_error("cannot be synced", folder));
  return {};
}

Result<SequentialFile> SequentialFile::create(const fs::path& file, int mode) {
  Fd fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  if (fd.get() < 0) return tl::unexpected(io_error("cannot be made", file));
  return SequentialFile(fd.release(), file);
}

Result<SequentialFile> SequentialFile::append_to(const fs::path& file) {
  Fd fd(::open(file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
  if (fd.get() < 0) return tl::unexpected(io_error("cannot be opened", file));
  return SequentialFile(fd.release(), file);
}

SequentialFile::SequentialFile(SequentialFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), file_(std::move(other.file_)) {}

SequentialFile::~SequentialFile() {
  if (fd_ >= 0) ::close(fd_);
}

Result<void> SequentialFile::write(std::string_view bytes) {
  return write_all(fd_, bytes, file_);
}

Result<void> SequentialFile::sync_and_close() {
  if (::fsync(fd_) != 0) return tl::unexpected(io_error("cannot be synced", file_));
  return close();
}

Result<void> SequentialFile::close() {
  if (::close(std::exchange(fd_, -1)) != 0)
    return tl::unexpected(io_error("cannot be closed", file_));
  return {};
}

}  // namespace scr::os
