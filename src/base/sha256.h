// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 (FIPS 180-4), from OpenSSL's libcrypto.
//
//   Digest digest = sha256(bytes);
//   Sha256 stream; stream.add(part); stream.add(rest); Digest whole = stream.finish();
//
// Values; an object is for one thread at a time.

#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace scr {

// 32 bytes, compared as bytes. Not secret: comparison is not constant-time.
struct Digest {
  std::array<std::byte, 32> bytes{};

  ByteView view() const { return bytes; }
  std::string hex() const { return to_hex(bytes); }
  // Nothing unless `text` is exactly 64 lower-case hex digits.
  static std::optional<Digest> from_hex_text(std::string_view text);
  // Nothing unless `view` is exactly 32 bytes.
  static std::optional<Digest> from_bytes(ByteView view);

  friend auto operator<=>(const Digest&, const Digest&) = default;
};

class Sha256 {
 public:
  Sha256();
  Sha256& add(ByteView bytes);
  // The digest of all that was added; the object then starts anew.
  Digest finish();

 private:
  // OpenSSL's SHA256_CTX: kept here by value (no allocation: a log hashes millions of short
  // entries), its layout checked in the .cc.
  alignas(8) std::array<std::byte, 112> state_;
};

Digest sha256(ByteView bytes);

// HMAC-SHA-256 (RFC 2104).
Digest hmac_sha256(ByteView key, ByteView message);

// SHA-256 of `prefix` and then `bytes`: what a hash tree is made of. Twice as fast as the stream
// for the short messages that these are.
Digest sha256_prefixed(std::byte prefix, ByteView bytes);

// digests[i] = sha256_prefixed(prefix, messages[i]): for many short messages, by a third faster
// than one by one where the processor has SHA instructions. REQUIRES: as many digests as messages;
// no digest lies in a message.
void sha256_prefixed_each(std::byte prefix, std::span<const ByteView> messages,
                          std::span<Digest> digests);

}  // namespace scr
