// SPDX-License-Identifier: Apache-2.0
#include "steps/bundle_sink.h"

#include <system_error>
#include <utility>

#include "base/bytes.h"
#include "base/check.h"
#include "tar/tar.h"

namespace scr::steps {

namespace fs = std::filesystem;

Result<BundleSink> BundleSink::folder(const fs::path& place) {
  SCR_TRY_VOID(os::make_folders(place));
  return BundleSink(place);
}

Result<BundleSink> BundleSink::tar(const fs::path& place) {
  BundleSink sink(place);
  SCR_TRY(file, os::SequentialFile::create(place, os::kPublic));
  sink.tar_.emplace(std::move(file));
  return sink;
}

Result<void> BundleSink::begin(const std::string& path, std::uint64_t size) {
  SCR_CHECK(digests_.count(path) == 0);
  if (tar_) {
    SCR_TRY(header, tar::header(path, size));
    return tar_->write(header);
  }
  SCR_TRY_VOID(os::make_folders((place_ / path).parent_path()));
  SCR_TRY(file, os::SequentialFile::create(place_ / path, os::kPublic));
  file_.emplace(std::move(file));
  return {};
}

Result<void> BundleSink::write(std::string_view piece) {
  hash_.add(bytes_of(piece));
  return (tar_ ? *tar_ : *file_).write(piece);
}

Result<void> BundleSink::end(const std::string& path, std::uint64_t size) {
  digests_[path] = hash_.finish();
  bytes_ += size;
  if (tar_) return tar_->write(tar::padding(size));
  SCR_TRY_VOID(file_->close());
  file_.reset();
  return {};
}

Result<void> BundleSink::put(const std::string& path, std::string_view bytes) {
  SCR_TRY_VOID(begin(path, bytes.size()));
  SCR_TRY_VOID(write(bytes));
  return end(path, bytes.size());
}

Result<void> BundleSink::copy(const std::string& path, const fs::path& from) {
  std::error_code error;
  const std::uint64_t size = fs::file_size(from, error);
  if (error) return fail(ErrorCode::io, error.message(), from.string());
  SCR_TRY_VOID(begin(path, size));
  std::uint64_t copied = 0;
  SCR_TRY_VOID(os::read_pieces(from, [&](std::string_view piece) -> Result<void> {
    copied += piece.size();
    if (copied > size) return fail(ErrorCode::conflict, "grows while it is copied", from.string());
    return write(piece);
  }));
  if (copied < size)
    return fail(ErrorCode::conflict, "became shorter while it was copied", from.string());
  return end(path, size);
}

Result<void> BundleSink::finish() {
  if (!tar_) return os::sync_file_system(place_);
  SCR_TRY_VOID(tar_->write(tar::end()));
  return tar_->sync_and_close();
}

}  // namespace scr::steps
