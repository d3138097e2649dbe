// SPDX-License-Identifier: Apache-2.0
//
// The low-level SHA256_* calls are deprecated in OpenSSL 3 in favour of EVP, and used all the same:
// they need no allocation, and for the 65 bytes of a tree node EVP costs more than the hash itself.
#define OPENSSL_API_COMPAT 10100
#include "base/sha256.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
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

// OpenSSL's own HMAC is behind EVP, which reads a configuration file when it is first used: what
// opens a stranger's picture opens no file (os/workers.h).
Digest hmac_sha256(ByteView key, ByteView message) {
  constexpr std::size_t kBlock = 64;
  std::array<std::byte, kBlock> inner{};
  if (key.size() > kBlock) {
    const Digest short_key = sha256(key);
    std::memcpy(inner.data(), short_key.bytes.data(), short_key.bytes.size());
  } else if (!key.empty()) {
    std::memcpy(inner.data(), key.data(), key.size());
  }
  std::array<std::byte, kBlock> outer = inner;
  for (std::byte& byte : inner) byte ^= std::byte{0x36};
  for (std::byte& byte : outer) byte ^= std::byte{0x5c};
  const Digest within = Sha256().add(inner).add(message).finish();
  return Sha256().add(outer).add(within.view()).finish();
}

// A short message is padded here (FIPS 180-4, 5.1.1) and given to OpenSSL as whole blocks: that
// spares it the buffering of pieces, which for 65 bytes costs as much as the hash.
Digest sha256_prefixed(std::byte prefix, ByteView bytes) {
  constexpr std::size_t kBlock = 64;
  constexpr std::size_t kShort = 15 * kBlock;
  const std::size_t message = bytes.size() + 1;
  const std::size_t padded = (message + 1 + 8 + kBlock - 1) / kBlock * kBlock;
  if (padded > kShort) return Sha256().add({&prefix, 1}).add(bytes).finish();

  std::array<std::byte, kShort> blocks;
  blocks[0] = prefix;
  if (!bytes.empty()) std::memcpy(blocks.data() + 1, bytes.data(), bytes.size());
  blocks[message] = std::byte{0x80};
  std::memset(blocks.data() + message + 1, 0, padded - 8 - message - 1);
  const std::uint64_t bits = __builtin_bswap64(message * 8);
  std::memcpy(blocks.data() + padded - 8, &bits, 8);
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, blocks.data(), padded);
  static_assert(std::endian::native == std::endian::little);
  std::array<std::uint32_t, 8> words;
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = __builtin_bswap32(state.h[i]);
  Digest digest;
  std::memcpy(digest.bytes.data(), words.data(), digest.bytes.size());
  return digest;
}

}  // namespace scr
