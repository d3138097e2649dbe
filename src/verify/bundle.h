// SPDX-License-Identifier: Apache-2.0
//
// What is checked, as something that hands out bytes by path: a folder, an archive, a server. The
// verifier trusts none of it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "base/result.h"
#include "base/sha256.h"

namespace scr::verify {

struct Bundle {
  // The bytes at a path such as "log/tile/0/000". not_found if there is nothing. Any thread.
  std::function<Result<std::string>(const std::string& path)> read;
  // Its SHA-256 and size in bytes, however large it is. Any thread.
  std::function<Result<std::pair<Digest, std::uint64_t>>(const std::string& path)> hashed;
  // The same as read, into memory of `arena`: for the many files that are kept together. Any
  // thread.
  std::function<Result<std::string_view>(const std::string& path, Arena& arena)> read_into;
  // True if there is something at the path.
  std::function<bool(const std::string& path)> has;
  // Paths of all files below "log/checkpoints" or the like, relative to it, sorted.
  std::function<Result<std::vector<std::string>>(const std::string& folder)> list;
  // Calls work(0) .. work(count - 1), each once, in any order, perhaps at the same time.
  std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)> for_each;
};

}  // namespace scr::verify
