// SPDX-License-Identifier: Apache-2.0
#include "steps/vault.h"

#include "base/sha256.h"
#include "os/files.h"
#include "os/random.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

fs::path place_of(const fs::path& record) {
  return record / "keys" / "vault.key";
}

}  // namespace

Result<cells::VaultKey> read_vault_key(const fs::path& record) {
  const fs::path place = place_of(record);
  auto text = os::read_text(place, 1024);
  if (!text && text.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found,
                "the key of the pictures' secrets is not there; without it no picture that was "
                "committed to can be shown with proof",
                place.string());
  }
  if (!text) return tl::unexpected(std::move(text).error());
  if (text->ends_with('\n')) text->pop_back();
  const auto digest = Digest::from_hex_text(*text);
  if (!digest) return fail(ErrorCode::bad_input, "not 64 hex digits", place.string());
  return cells::VaultKey{digest->bytes};
}

Result<cells::VaultKey> vault_key_of(const fs::path& record, bool nothing_committed) {
  auto key = read_vault_key(record);
  if (key || key.error().code != ErrorCode::not_found || !nothing_committed) return key;
  SCR_TRY(random, os::random_32_bytes());
  SCR_TRY_VOID(os::create_file(place_of(record), to_hex(random) + "\n", os::kPrivate));
  return cells::VaultKey{random};
}

}  // namespace scr::steps
