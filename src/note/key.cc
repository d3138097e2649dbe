// SPDX-License-Identifier: Apache-2.0
#include "note/key.h"

#include <array>
#include <utility>

#include "base/check.h"
#include "base/sha256.h"
#include "note/signature_line.h"

namespace scr::note {
namespace {

constexpr std::string_view kPrivatePrefix = "PRIVATE+KEY+";
constexpr std::size_t kKeyCharacters = 44;  // base64 of type and 32 bytes

// White space of Unicode beyond ASCII (White_Space, as Go's unicode.IsSpace), in UTF-8. U+2000 to
// U+200A are eleven in a row.
constexpr std::string_view kSpaces[] = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
    "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

bool is_forbidden_in_name(char c) {
  return static_cast<unsigned char>(c) <= 0x20 || c == '+';
}

std::byte byte_of(KeyType type) {
  return static_cast<std::byte>(type);
}

KeyId id_of(const KeyName& name, KeyType type, const PublicKey& key) {
  const std::array<std::byte, 2> between = {std::byte{'\n'}, byte_of(type)};
  const Digest digest = Sha256().add(bytes_of(name.value())).add(between).add(key.view()).finish();
  std::uint32_t id = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    id = id << 8 | std::to_integer<std::uint32_t>(digest.bytes[i]);
  }
  return KeyId(id);
}

std::string hex_of(KeyId id) {
  std::array<std::byte, 4> bytes;
  for (std::size_t i = 0; i < 4; ++i) {
    bytes[i] = static_cast<std::byte>(id.value() >> (24 - 8 * i) & 0xFFu);
  }
  return to_hex(bytes);
}

// name+id+base64(type || 32 bytes), for public and private keys alike.
struct KeyParts {
  std::string_view name;
  std::string_view id;
  Bytes typed_key;  // wiped by its owner if it is secret
};

Result<KeyParts> split(std::string_view text) {
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) {
    return fail(ErrorCode::bad_input, "a key is written name+id+base64");
  }
  auto typed_key = from_base64(text.substr(second + 1));
  if (!typed_key || typed_key->empty()) {
    return fail(ErrorCode::bad_input, "the last part of the key is not base64");
  }
  return KeyParts{text.substr(0, first), text.substr(first + 1, second - first - 1),
                  *std::move(typed_key)};
}

Result<KeyType> type_of(ByteView typed_key) {
  for (KeyType type : {KeyType::ed25519, KeyType::cosignature}) {
    if (typed_key[0] != byte_of(type)) continue;
    if (typed_key.size() != 33) return fail(ErrorCode::bad_input, "an Ed25519 key is 32 bytes");
    return type;
  }
  return fail(ErrorCode::unsupported,
              "the key is not of type 0x01 (Ed25519) or 0x04 (Ed25519 cosignature)");
}

tl::unexpected<Error> wrong_id() {
  return fail(ErrorCode::bad_input, "the id in the key is not that of its name and bytes");
}

// With room for `more` characters, so that what is appended is never moved and left behind.
std::string text_before_key(const Vkey& vkey, std::string_view prefix, std::size_t more) {
  std::string text;
  text.reserve(prefix.size() + vkey.name().value().size() + 10 + more);
  text += prefix;
  text += vkey.name().value();
  text += '+';
  text += hex_of(vkey.id());
  text += '+';
  return text;
}

Bytes typed(KeyType type, ByteView key) {
  Bytes bytes;
  bytes.reserve(1 + key.size());  // never moved by growing: it may be secret
  bytes.push_back(byte_of(type));
  bytes.insert(bytes.end(), key.begin(), key.end());
  return bytes;
}

Result<Signer> signer_of(const KeyParts& parts) {
  SCR_TRY(name, KeyName::from(parts.name));
  SCR_TRY(type, type_of(parts.typed_key));
  Signer signer(std::move(name), ByteView(parts.typed_key).subspan<1, 32>(), type);
  if (hex_of(signer.vkey().id()) != parts.id) return wrong_id();
  return signer;
}

}  // namespace

Result<KeyName> KeyName::from(std::string_view name) {
  if (name.empty()) return fail(ErrorCode::bad_input, "the name of a key is empty");
  if (!is_utf8(name)) return fail(ErrorCode::bad_input, "the name of a key is not UTF-8");
  for (char c : name) {
    if (is_forbidden_in_name(c)) {
      return fail(ErrorCode::bad_input, "the name of a key has a space, a control character or +");
    }
  }
  for (std::string_view space : kSpaces) {
    if (name.find(space) != std::string_view::npos) {
      return fail(ErrorCode::bad_input, "the name of a key has a space");
    }
  }
  return KeyName(name);
}

Vkey::Vkey(KeyName name, KeyType type, const PublicKey& key)
    : name_(std::move(name)), type_(type), key_(key), id_(id_of(name_, type, key)) {}

Result<Vkey> Vkey::parse(std::string_view text) {
  SCR_TRY(parts, split(text));
  SCR_TRY(name, KeyName::from(parts.name));
  SCR_TRY(type, type_of(parts.typed_key));
  SCR_TRY(key, PublicKey::from_bytes(ByteView(parts.typed_key).subspan(1)));
  Vkey vkey(std::move(name), type, key);
  if (hex_of(vkey.id()) != parts.id) return wrong_id();
  return vkey;
}

std::string Vkey::text() const {
  return text_before_key(*this, "", kKeyCharacters) + to_base64(typed(type_, key_.view()));
}

Signer::Signer(KeyName name, Seed seed, KeyType type)
    : secret_(seed), vkey_(std::move(name), type, secret_.public_key()) {}

Result<Signer> Signer::parse(std::string_view private_key) {
  if (!private_key.starts_with(kPrivatePrefix)) {
    return fail(ErrorCode::bad_input, "a private key begins with PRIVATE+KEY+");
  }
  SCR_TRY(parts, split(private_key.substr(kPrivatePrefix.size())));
  auto signer = signer_of(parts);
  wipe(parts.typed_key);
  return signer;
}

std::string Signer::private_text() const {
  Bytes secret = typed(vkey_.type(), secret_.seed());
  std::string encoded = to_base64(secret);
  std::string text = text_before_key(vkey_, kPrivatePrefix, encoded.size());
  text += encoded;
  wipe(secret);
  wipe(std::as_writable_bytes(std::span(encoded)));
  return text;
}

std::string Signer::sign(std::string_view text) const {
  SCR_CHECK(vkey_.type() == KeyType::ed25519);
  const Signature signature = secret_.sign(bytes_of(text));
  return SignatureLine{vkey_.name(), vkey_.id(), Bytes(signature.begin(), signature.end())}.text();
}

}  // namespace scr::note
