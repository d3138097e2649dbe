// SPDX-License-Identifier: Apache-2.0
#include "record/evidence_batch.h"

#include <set>
#include <system_error>
#include <utility>

#include "record/layout.h"

namespace scr::record {
namespace {

namespace fs = std::filesystem;

// True if the file is there and is what its name says; untrusted if it is another.
Result<bool> is_there(const fs::path& file, const Digest& digest) {
  std::error_code error;
  if (!fs::exists(file, error)) return false;
  Sha256 hash;
  SCR_TRY_VOID(os::read_pieces(file, [&](std::string_view piece) -> Result<void> {
    hash.add(bytes_of(piece));
    return {};
  }));
  if (hash.finish() == digest) return true;
  return fail(ErrorCode::untrusted, "the file is not what its name says: it was altered",
              file.string());
}

}  // namespace

EvidenceBatch::EvidenceBatch(const fs::path& record) : record_(record) {
  os::sweep_temporary_files(Layout{record_}.evidence());
}

Result<EvidenceBatch::Stored> EvidenceBatch::put(ByteView bytes) {
  return put(bytes, scr::sha256(bytes));
}

Result<EvidenceBatch::Stored> EvidenceBatch::put(ByteView bytes, const Digest& sha256) {
  SCR_TRY_VOID(begin());
  SCR_TRY_VOID(begun_->file.write(text_of(bytes)));
  begun_->size = bytes.size();
  return end(sha256);
}

Result<EvidenceBatch::Stored> EvidenceBatch::put_file(const fs::path& file) {
  SCR_TRY_VOID(begin());
  SCR_TRY_VOID(os::read_pieces(file, [this](std::string_view piece) { return write(piece); }));
  return end();
}

Result<void> EvidenceBatch::begin() {
  give_up();
  const fs::path folder = Layout{record_}.evidence();
  SCR_TRY_VOID(os::make_folders(folder));
  fs::path temporary = folder / (".received-" + std::to_string(counter_++) + ".tmp");
  SCR_TRY(file, os::SequentialFile::create(temporary, os::kWriteOnce));
  begun_.emplace(Begun{std::move(temporary), std::move(file), {}, 0});
  return {};
}

Result<void> EvidenceBatch::write(std::string_view bytes) {
  begun_->hash.add(bytes_of(bytes));
  begun_->size += bytes.size();
  return begun_->file.write(bytes);
}

Result<EvidenceBatch::Stored> EvidenceBatch::end() {
  return end(begun_->hash.finish());
}

Result<EvidenceBatch::Stored> EvidenceBatch::end(const Digest& sha256) {
  const Stored stored{sha256, begun_->size};
  SCR_TRY_VOID(begun_->file.close());
  const fs::path temporary = begun_->temporary;
  begun_.reset();
  SCR_TRY_VOID(keep(temporary, stored));
  return stored;
}

Result<void> EvidenceBatch::keep(const fs::path& temporary, const Stored& stored) {
  std::error_code ignored;
  if (staged_.count(stored.sha256) > 0) {
    fs::remove(temporary, ignored);
    return {};
  }
  SCR_TRY(there, is_there(Layout{record_}.evidence_of(stored.sha256), stored.sha256));
  if (there) {
    fs::remove(temporary, ignored);
  } else {
    staged_.emplace(stored.sha256, temporary);
  }
  return {};
}

void EvidenceBatch::give_up() {
  if (!begun_) return;
  std::error_code ignored;
  fs::remove(begun_->temporary, ignored);
  begun_.reset();
}

fs::path EvidenceBatch::path_of(const Digest& digest) const {
  const auto staged = staged_.find(digest);
  return staged != staged_.end() ? staged->second : Layout{record_}.evidence_of(digest);
}

Result<void> EvidenceBatch::make_durable() {
  if (staged_.empty()) return {};
  const Layout layout{record_};
  SCR_TRY_VOID(os::sync_file_system(layout.evidence()));
  // The log's lock is held, and keep() looked: nothing stands under these names.
  for (const auto& [digest, temporary] : staged_) {
    const fs::path file = layout.evidence_of(digest);
    SCR_TRY_VOID(os::make_folders(file.parent_path()));
    std::error_code error;
    fs::rename(temporary, file, error);
    if (error) return fail(ErrorCode::io, error.message(), file.string());
  }
  SCR_TRY_VOID(os::sync_file_system(layout.evidence()));
  staged_.clear();
  return {};
}

}  // namespace scr::record
