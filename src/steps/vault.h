// SPDX-License-Identifier: Apache-2.0
//
// The key from which the secrets of a record's pictures follow: keys/vault.key, 64 hex digits and
// LF, for nobody but the record's keeper.

#pragma once

#include <filesystem>

#include "base/result.h"
#include "cells/secret.h"

namespace scr::steps {

// not_found if there is none: then the pictures that were committed to with it cannot be redacted
// with proof any more.
Result<cells::VaultKey> read_vault_key(const std::filesystem::path& record);

// The same, but a record in which nothing was committed to yet is given a new one.
Result<cells::VaultKey> vault_key_of(const std::filesystem::path& record, bool nothing_committed);

}  // namespace scr::steps
