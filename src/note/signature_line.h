// SPDX-License-Identifier: Apache-2.0
//
// One signature line of a note: em dash, space, key name, space, base64(key id || payload), LF.
// Parsed, not verified. Pure; any thread.

#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "note/key.h"

namespace scr::note {

struct SignatureLine {
  KeyName name;
  KeyId id;
  Bytes payload;  // at least one byte; its meaning depends on the type of the key

  // `line` without its LF. What parses prints back to the same bytes.
  static Result<SignatureLine> parse(std::string_view line);
  // With its LF.
  std::string text() const;

  bool is_by(const Vkey& key) const { return id == key.id() && name == key.name(); }

  friend bool operator==(const SignatureLine&, const SignatureLine&) = default;
};

}  // namespace scr::note
