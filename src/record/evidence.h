// SPDX-License-Identifier: Apache-2.0
//
// Files as received, each under its SHA-256, written once and never changed.
//
// Any thread.

#pragma once

#include <filesystem>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"

namespace scr::record {

class EvidenceStore {
 public:
  explicit EvidenceStore(std::filesystem::path record) : record_(std::move(record)) {}

  // Durable when it returns. Putting the same bytes again changes nothing.
  Result<Digest> put(ByteView bytes) const;

  // Hashed again on every read: untrusted if the file is not what its name says.
  Result<std::string> get(const Digest& digest) const;

  bool has(const Digest& digest) const;

 private:
  std::filesystem::path record_;
};

}  // namespace scr::record
