// SPDX-License-Identifier: Apache-2.0
//
// What is kept secret about a picture, and what grows from it: the salt of its whole file, which
// whoever sent it gets, and the seed of its cells' salts, which only a court gets.
//
//   PictureSecret secret = secret_of(vault_key, sha256(original));
//   Digest said = file_commitment(file_salt(secret), sha256(original));   // stands in the log
//   Seed seed = cell_seed(secret);                                        // tree.h
//
// Format: docs/formats/redaction.md, "Secrets". Pure; any thread.

#pragma once

#include "base/bytes.h"
#include "base/sha256.h"
#include "cells/tree.h"

namespace scr::cells {

// Of one picture. Whoever has it and a redacted picture can try what the hidden cells held.
struct PictureSecret {
  std::array<std::byte, 32> bytes{};

  friend bool operator==(const PictureSecret&, const PictureSecret&) = default;
};

// Of a whole record: 32 random bytes that never leave it. All its pictures' secrets follow from it.
struct VaultKey {
  std::array<std::byte, 32> bytes{};
};

// HMAC-SHA-256(vault key, "scrutineer/picture/v1" 00 SHA-256 of the file)
PictureSecret secret_of(const VaultKey& key, const Digest& original);
// HMAC-SHA-256(secret, "scrutineer/file/v1")
Salt file_salt(const PictureSecret& secret);
// HMAC-SHA-256(secret, "scrutineer/cells/v1")
Seed cell_seed(const PictureSecret& secret);

// SHA-256("scrutineer/blob/v1" 00 salt, SHA-256 of the file)
Digest file_commitment(const Salt& salt, const Digest& original);

}  // namespace scr::cells
