// SPDX-License-Identifier: Apache-2.0
//
// Many files that become durable evidence together, with two syncs for all of them.
//
//   EvidenceBatch batch(record);
//   SCR_TRY(digest, batch.put(bytes));      // on disk under a temporary name
//   SCR_TRY_VOID(batch.make_durable());     // now under their hashes; entries may name them
//
// A file gets its name only when its bytes are synced, so what stands under a hash is whole after
// any crash. What a crash leaves is a temporary file in evidence/, which the next batch sweeps up.
//
// To be used by whoever holds the record's log: one at a time. One thread.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"
#include "os/files.h"

namespace scr::record {

class EvidenceBatch {
 public:
  // Sweeps up what a crash left.
  explicit EvidenceBatch(const std::filesystem::path& record);

  struct Stored {
    Digest sha256;
    std::uint64_t size = 0;  // bytes
  };

  // untrusted if a file stands there under that hash already and is another.
  Result<Stored> put(ByteView bytes);
  // The same, of bytes whose SHA-256 the caller has just computed.
  Result<Stored> put(ByteView bytes, const Digest& sha256);
  // Copies a file of any size.
  Result<Stored> put_file(const std::filesystem::path& file);

  // A file of any size that comes piece by piece: begin(), write()..., end(). One at a time.
  Result<void> begin();
  Result<void> write(std::string_view bytes);
  Result<Stored> end();
  void give_up();  // forgets what was begun, if anything

  // Where the bytes lie now, durable or not.
  std::filesystem::path path_of(const Digest& digest) const;

  // All of them durable, or io: then none may be relied on.
  Result<void> make_durable();

 private:
  Result<Stored> end(const Digest& sha256);
  Result<void> keep(const std::filesystem::path& temporary, const Stored& stored);

  struct Begun {
    std::filesystem::path temporary;
    os::SequentialFile file;
    Sha256 hash;
    std::uint64_t size = 0;
  };

  std::filesystem::path record_;
  std::map<Digest, std::filesystem::path> staged_;  // temporary names
  std::optional<Begun> begun_;
  std::uint64_t counter_ = 0;
};

}  // namespace scr::record
