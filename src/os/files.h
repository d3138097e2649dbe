// SPDX-License-Identifier: Apache-2.0
//
// Files, read whole and written so that they survive a power cut.
//
// Everything that writes here is durable when it returns, or says io and left the old state: a new
// file is written under a temporary name that starts with '.', synced, then renamed or linked, and
// its folder synced. A failing sync is final: what the disk then holds is unknown, so the caller
// must not go on as if nothing had happened. Not covered: a disk that lies about its cache.
//
// Any thread, on different files.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/result.h"

namespace scr::os {

inline constexpr int kPublic = 0644;
inline constexpr int kWriteOnce = 0444;
inline constexpr int kPrivate = 0600;

// Bytes that one file may have to be read whole: a million returns have a fifth of it.
inline constexpr std::size_t kLargestFile = std::size_t{1} << 30;

// not_found if there is no such file; bad_input if it is a folder or has more than `most` bytes, a
// device that never ends included.
Result<std::string> read_text(const std::filesystem::path& file, std::size_t most = kLargestFile);
// The same, into memory of `arena`: for many files that are kept together.
Result<std::string_view> read_into(const std::filesystem::path& file, Arena& arena);

// Hands the file to `take` piece by piece, front to back, at most 1 MiB each; stops at its error.
Result<void> read_pieces(const std::filesystem::path& file,
                         const std::function<Result<void>(std::string_view)>& take);
// Its first `most` bytes, or all.
Result<std::string> beginning_of(const std::filesystem::path& file, std::size_t most);

// Plain names in `folder`, sorted; no folders, and no names that start with '.': those are
// temporary, perhaps left by a crash, and nothing. Empty if there is no such folder.
Result<std::vector<std::string>> files_in(const std::filesystem::path& folder);
// All such files below `folder`, as paths relative to it with '/', sorted.
Result<std::vector<std::string>> files_below(const std::filesystem::path& folder);

// Puts `bytes` there in one step, in place of what was there.
Result<void> replace_file(const std::filesystem::path& file, std::string_view bytes, int mode);

// The same, but only if nothing is there yet: conflict otherwise.
Result<void> create_file(const std::filesystem::path& file, std::string_view bytes, int mode);

// Makes the folder and those above it that are missing, durably.
Result<void> make_folders(const std::filesystem::path& folder);

// Removes what crashes left in `folder`: files named .*.tmp. Nothing depends on it.
void sweep_temporary_files(const std::filesystem::path& folder);

// Syncs the folder itself: after it, names that were made or removed in it are durable.
Result<void> sync_folder(const std::filesystem::path& folder);

// Syncs all that was written to the file system that holds `folder`: one call for many files.
Result<void> sync_file_system(const std::filesystem::path& folder);

// A file that is written front to back, then synced.
class SequentialFile {
 public:
  // Truncates what was there.
  static Result<SequentialFile> create(const std::filesystem::path& file, int mode);
  // Goes on behind what is there; not_found if nothing is.
  static Result<SequentialFile> append_to(const std::filesystem::path& file);
  SequentialFile(SequentialFile&& other) noexcept;
  SequentialFile& operator=(SequentialFile&&) = delete;
  ~SequentialFile();

  Result<void> write(std::string_view bytes);
  Result<void> sync_and_close();
  Result<void> close();  // without syncing: for a caller that syncs the file system afterwards

 private:
  SequentialFile(int fd, std::filesystem::path file) : fd_(fd), file_(std::move(file)) {}
  int fd_;
  std::filesystem::path file_;
};

// An error for what errno says, about `file`.
Error io_error(const std::string& what, const std::filesystem::path& file);

}  // namespace scr::os
