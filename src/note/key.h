// SPDX-License-Identifier: Apache-2.0
//
// Keys of signed notes: their names, their short ids, and the two texts in which they travel.
//
//   SCR_TRY(vkey, Vkey::parse("example.com/log+33d7b496+AeHT..."));     // public
//   SCR_TRY(signer, Signer::parse("PRIVATE+KEY+example.com/log+..."));  // secret
//   Signer fresh(name, seed);                                           // 32 random bytes
//
// Format: C2SP signed-note v1.0.0; docs/formats/checkpoint.md, "Keys". Two key types are known
// here; a vkey of another type is refused, a signature line of another type is merely not ours.
//
// Pure; any thread.

#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/result.h"
#include "note/ed25519.h"

namespace scr::note {

// Numbers of the format, as signed; they never change.
enum class KeyType : std::uint8_t {
  ed25519 = 0x01,      // signs the text of a note: a log
  cosignature = 0x04,  // signs time and text of a checkpoint: a witness (cosignature.h)
};

// Not empty, UTF-8, no Unicode space, no control character, no '+'.
class KeyName {
 public:
  static Result<KeyName> from(std::string_view name);

  const std::string& value() const { return value_; }
  friend auto operator<=>(const KeyName&, const KeyName&) = default;

 private:
  explicit KeyName(std::string_view name) : value_(name) {}
  std::string value_;
};

// The first four bytes, big-endian, of SHA-256(name || LF || type || public key). A hint that saves
// trying every key; 32 bits prove nothing.
using KeyId = Id<struct KeyIdKind, std::uint32_t>;

// A public key with the name under which it signs: name+id+base64(type || key).
class Vkey {
 public:
  Vkey(KeyName name, KeyType type, const PublicKey& key);

  // Strict: for every key there is exactly one text. Fails with bad_input, or with unsupported if
  // the key is of a type that is not known here.
  static Result<Vkey> parse(std::string_view text);
  std::string text() const;

  const KeyName& name() const { return name_; }
  KeyType type() const { return type_; }
  KeyId id() const { return id_; }
  const PublicKey& key() const { return key_; }

  friend auto operator<=>(const Vkey&, const Vkey&) = default;

 private:
  KeyName name_;
  KeyType type_;
  PublicKey key_;
  KeyId id_;
};

// A secret key with its name. Moves, never copies; wiped when it goes (SecretKey).
class Signer {
 public:
  Signer(KeyName name, Seed seed, KeyType type = KeyType::ed25519);

  // "PRIVATE+KEY+" name+id+base64(type || seed), as Go's sumdb/note writes it.
  static Result<Signer> parse(std::string_view private_key);
  // The same text. Secret, and so is every copy of it: overwrite it when done.
  std::string private_text() const;

  const Vkey& vkey() const { return vkey_; }

  // The signature line, with its LF, for a note with this text. Needs a key of type ed25519.
  std::string sign(std::string_view text) const;

  // The bare signature, for what is not a note (entries signed by persons).
  Signature sign_message(ByteView message) const { return secret_.sign(message); }

 private:
  SecretKey secret_;
  Vkey vkey_;
};

}  // namespace scr::note
