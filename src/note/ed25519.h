// SPDX-License-Identifier: Apache-2.0
//
// Ed25519, with one rule for what is a valid signature: libsodium's crypto_sign_verify_detached
// (1.0.18). Implementations differ on signatures that were crafted to divide verifiers: of 914 such
// cases libsodium accepts 43 and OpenSSL 208. So nothing else in this program verifies Ed25519.
//
//   SCR_TRY(key, PublicKey::from_bytes(bytes));
//   if (!verifies(key, message, signature)) ...
//
// Signing is deterministic; no randomness in here. The only file that includes sodium.h is
// ed25519.cc. libsodium needs no initialising for these functions: they choose no implementation
// by processor and draw no random numbers.
//
// Pure; any thread.

#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <span>

#include "base/bytes.h"
#include "base/result.h"

namespace scr::note {

using Seed = std::span<const std::byte, 32>;
using Signature = std::array<std::byte, 64>;

// A point of the curve, canonically encoded and not of low order: for a key of low order a
// signature can be made that holds for any message.
class PublicKey {
 public:
  // Fails with bad_input if not 32 bytes, not a point, not canonical, or of low order.
  static Result<PublicKey> from_bytes(ByteView bytes);

  ByteView view() const { return bytes_; }
  friend auto operator<=>(const PublicKey&, const PublicKey&) = default;

 private:
  friend class SecretKey;
  explicit PublicKey(const std::array<std::byte, 32>& bytes) : bytes_(bytes) {}
  std::array<std::byte, 32> bytes_;
};

bool verifies(const PublicKey& key, ByteView message, const Signature& signature);

// What crypto_sign_verify_detached says of any 32 and 64 bytes, for the known answers.
bool verifies_unchecked_key(std::span<const std::byte, 32> key, ByteView message,
                            const Signature& signature);

// Overwrites secret bytes in a way that the compiler does not remove.
void wipe(std::span<std::byte> secret);

// Moves, never copies; its memory is wiped when it goes, also that of an object moved from (which
// then must not sign).
class SecretKey {
 public:
  explicit SecretKey(Seed seed);
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;
  ~SecretKey();

  PublicKey public_key() const;
  Signature sign(ByteView message) const;
  // Looks into this object. Secret.
  Seed seed() const;

 private:
  std::array<std::byte, 64> bytes_;  // seed, then public key: libsodium's form
};

}  // namespace scr::note
