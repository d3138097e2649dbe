// SPDX-License-Identifier: Apache-2.0
//
// Bytes, and the three ways in which text carries them: as they are, in hex, in base64.
// Pure; any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scr {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

// Looks at the same memory; lives no longer than it.
inline ByteView bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Lower case, two digits a byte.
std::string to_hex(ByteView bytes);
// Nothing unless `text` is an even number of lower-case hex digits.
std::optional<Bytes> from_hex(std::string_view text);

// RFC 4648 s.4, standard alphabet, with padding.
std::string to_base64(ByteView bytes);
// Strict: padding required, no bits left over, no white space. For every byte string there is
// exactly one text that is accepted.
std::optional<Bytes> from_base64(std::string_view text);

// True if `text` is valid UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF).
bool is_utf8(std::string_view text);

// True if `a` and `b` are equal; takes the same time wherever they differ.
bool equal_in_constant_time(ByteView a, ByteView b);

}  // namespace scr
