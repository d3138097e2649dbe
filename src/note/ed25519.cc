// SPDX-License-Identifier: Apache-2.0
#include "note/ed25519.h"

#include <sodium.h>

#include <algorithm>

#include "base/check.h"

namespace scr::note {
namespace {

using Point = std::array<std::byte, 32>;

static_assert(sizeof(Signature) == crypto_sign_BYTES);
static_assert(sizeof(Point) == crypto_sign_PUBLICKEYBYTES);
static_assert(crypto_sign_SEEDBYTES == 32 && crypto_sign_SECRETKEYBYTES == 64);

unsigned char* raw(std::byte* bytes) {
  return reinterpret_cast<unsigned char*>(bytes);
}
const unsigned char* raw(const std::byte* bytes) {
  return reinterpret_cast<const unsigned char*>(bytes);
}

constexpr Point neutral() {
  Point point{};
  point[0] = std::byte{1};
  return point;
}

// False if one of them is not on the curve.
bool add(Point& sum, const Point& a, const Point& b) {
  return crypto_core_ed25519_add(raw(sum.data()), raw(a.data()), raw(b.data())) == 0;
}

// Adding nothing gives back the canonical encoding of the same point.
bool is_canonical_point(const Point& point) {
  Point same;
  return add(same, point, neutral()) && same == point;
}

// The cofactor is 8: a point is of low order exactly if eight times it is the neutral one.
bool is_low_order(const Point& point) {
  Point twice, four_times, eight_times;
  SCR_CHECK(add(twice, point, point) && add(four_times, twice, twice) &&
            add(eight_times, four_times, four_times));
  return eight_times == neutral();
}

}  // namespace

Result<PublicKey> PublicKey::from_bytes(ByteView bytes) {
  Point point;
  if (bytes.size() != point.size()) {
    return fail(ErrorCode::bad_input, "an Ed25519 public key is 32 bytes");
  }
  std::copy(bytes.begin(), bytes.end(), point.begin());
  if (!is_canonical_point(point)) {
    return fail(ErrorCode::bad_input, "the public key is not a canonical point of the curve");
  }
  if (is_low_order(point)) {
    return fail(ErrorCode::bad_input,
                "the public key is of low order: signatures by it would prove nothing");
  }
  return PublicKey(point);
}

bool verifies(const PublicKey& key, ByteView message, const Signature& signature) {
  return verifies_unchecked_key(key.view().first<32>(), message, signature);
}

bool verifies_unchecked_key(std::span<const std::byte, 32> key, ByteView message,
                            const Signature& signature) {
  return crypto_sign_verify_detached(raw(signature.data()), raw(message.data()), message.size(),
                                     raw(key.data())) == 0;
}

void wipe(std::span<std::byte> secret) {
  sodium_memzero(secret.data(), secret.size());
}

SecretKey::SecretKey(Seed seed) {
  Point unused;
  crypto_sign_seed_keypair(raw(unused.data()), raw(bytes_.data()), raw(seed.data()));
}

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(other.bytes_) {
  wipe(other.bytes_);
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    wipe(other.bytes_);
  }
  return *this;
}

SecretKey::~SecretKey() {
  wipe(bytes_);
}

PublicKey SecretKey::public_key() const {
  Point point;
  std::copy(bytes_.begin() + 32, bytes_.end(), point.begin());
  return PublicKey(point);
}

Signature SecretKey::sign(ByteView message) const {
  SCR_CHECK(public_key().bytes_ != Point{});  // moved from
  Signature signature;
  crypto_sign_detached(raw(signature.data()), nullptr, raw(message.data()), message.size(),
                       raw(bytes_.data()));
  return signature;
}

Seed SecretKey::seed() const {
  return std::span<const std::byte, 64>(bytes_).first<32>();
}

}  // namespace scr::note
