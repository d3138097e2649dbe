// SPDX-License-Identifier: Apache-2.0
#include "cells/secret.h"

#include <string>
#include <string_view>

namespace scr::cells {
namespace {

using namespace std::string_view_literals;

}  // namespace

PictureSecret secret_of(const VaultKey& key, const Digest& original) {
  const std::string message =
      std::string("scrutineer/picture/v1\0"sv) + std::string(text_of(original.view()));
  return {hmac_sha256(key.bytes, bytes_of(message)).bytes};
}

Salt file_salt(const PictureSecret& secret) {
  return {hmac_sha256(secret.bytes, bytes_of("scrutineer/file/v1")).bytes};
}

Seed cell_seed(const PictureSecret& secret) {
  return {hmac_sha256(secret.bytes, bytes_of("scrutineer/cells/v1")).bytes};
}

Digest file_commitment(const Salt& salt, const Digest& original) {
  return Sha256()
      .add(bytes_of("scrutineer/blob/v1\0"sv))
      .add(salt.bytes)
      .add(original.view())
      .finish();
}

}  // namespace scr::cells
