// SPDX-License-Identifier: Apache-2.0
//
// Where a bundle is written: a folder, or one tar file. File after file, each hashed as it passes,
// the checksums at the end.
//
// One thread; move only. What was written is durable when finish() returns, and worth nothing
// before.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/sha256.h"
#include "os/files.h"

namespace scr::steps {

class BundleSink {
 public:
  static Result<BundleSink> folder(const std::filesystem::path& place);
  static Result<BundleSink> tar(const std::filesystem::path& place);

  // `path` within the bundle, with '/'. Each path once.
  Result<void> put(const std::string& path, std::string_view bytes);
  // The same of a file on disk, however large.
  Result<void> copy(const std::string& path, const std::filesystem::path& from);

  // Digests of all that was put so far, by path.
  const std::map<std::string, Digest>& digests() const { return digests_; }
  std::uint64_t files() const { return digests_.size(); }
  std::uint64_t bytes() const { return bytes_; }

  // Nothing can be put afterwards.
  Result<void> finish();

 private:
  explicit BundleSink(std::filesystem::path place) : place_(std::move(place)) {}
  Result<void> begin(const std::string& path, std::uint64_t size);
  Result<void> write(std::string_view piece);
  Result<void> end(const std::string& path, std::uint64_t size);

  std::filesystem::path place_;
  std::optional<os::SequentialFile> tar_;   // of the whole bundle; otherwise it is a folder, and
  std::optional<os::SequentialFile> file_;  // this the file under way
  Sha256 hash_;
  std::map<std::string, Digest> digests_;
  std::uint64_t bytes_ = 0;
};

}  // namespace scr::steps
