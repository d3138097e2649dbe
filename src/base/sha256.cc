// SPDX-License-Identifier: Apache-2.0
//
// The low-level SHA256_* calls are deprecated in OpenSSL 3 in favour of EVP, and used all the same:
// they need no allocation, and for the 65 bytes of a tree node EVP costs more than the hash itself.
#define OPENSSL_API_COMPAT 10100
#include "base/sha256.h"

#include <algorithm>
#include <new>

#include <openssl/sha.h>

namespace scr {
namespace {

SHA256_CTX* context(std::array<std::byte, 112>& state) {
  static_assert(sizeof(SHA256_CTX) <= sizeof(state) && alignof(SHA256_CTX) <= 8);
  return std::launder(reinterpret_cast<SHA256_CTX*>(state.data()));
}

}  // namespace

std::optional<Digest> Digest::from_hex_text(std::string_view text) {
  if (text.size() != 64) return std::nullopt;
  const auto bytes = from_hex(text);
  return bytes ? from_bytes(*bytes) : std::nullopt;
}

std::optional<Digest> Digest::from_bytes(ByteView view) {
  Digest digest;
  if (view.size() != digest.bytes.size()) return std::nullopt;
  std::copy(view.begin(), view.end(), digest.bytes.begin());
  return digest;
}

Sha256::Sha256() {
  new (state_.data()) SHA256_CTX;
  SHA256_Init(context(state_));
}

Sha256& Sha256::add(ByteView bytes) {
  SHA256_Update(context(state_), bytes.data(), bytes.size());
  return *this;
}

Digest Sha256::finish() {
  Digest digest;
  SHA256_Final(reinterpret_cast<unsigned char*>(digest.bytes.data()), context(state_));
  SHA256_Init(context(state_));
  return digest;
}

Digest sha256(ByteView bytes) {
  return Sha256().add(bytes).finish();
}

}  // namespace scr
