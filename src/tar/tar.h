// SPDX-License-Identifier: Apache-2.0
//
// A bundle as one file: POSIX ustar (IEEE 1003.1), not compressed, so that any file in it can be
// read where it lies, and any tar unpacks it.
//
//   out += tar::header("log/checkpoint", 230) + bytes + tar::padding(230);   // for each file
//   out += tar::end();
//
//   SCR_TRY(members, tar::list(size, read));   // where each file lies; nothing is unpacked
//
// What is written depends on nothing but names and bytes: no owner, no time. What is read may come
// from any tar program, but holds plain files and folders only: links, devices, long-name
// extensions, names that lead elsewhere and names that stand twice are refused, since two readers
// could see two different bundles in them.
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace scr::tar {

inline constexpr std::size_t kBlock = 512;
// Bytes of a file in an archive: eleven octal digits.
inline constexpr std::uint64_t kLargestMember = (std::uint64_t{1} << 33) - 1;
// Files that an archive may hold: a folder of a million sheets has fewer.
inline constexpr std::size_t kMostMembers = 4'000'000;

// Stands before the bytes of a plain file. bad_input if the path is empty, absolute, has an empty
// part, ".", ".." or a control character, does not fit ustar (a name of 100 bytes after a folder of
// 155), or the size is too large.
Result<std::string> header(std::string_view path, std::uint64_t size);
// Stands behind `size` bytes: zeros up to the next block.
std::string padding(std::uint64_t size);
// Stands at the end.
std::string end();

struct Member {
  std::string path;          // as header() takes it, without "./" in front
  std::uint64_t offset = 0;  // of its first byte in the archive
  std::uint64_t size = 0;    // bytes
  friend bool operator==(const Member&, const Member&) = default;
};

// Fills `out` with the bytes from `offset` on; fails if there are not so many.
using ReadAt = std::function<Result<void>(std::uint64_t offset, std::span<char> out)>;

// The files of an archive of `size` bytes, sorted by path, each path once. bad_input or
// unsupported, with the place in the archive.
Result<std::vector<Member>> list(std::uint64_t size, const ReadAt& read);

}  // namespace scr::tar
