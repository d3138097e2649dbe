// SPDX-License-Identifier: Apache-2.0
//
// Data codewords <-> what they say: segments of a mode each (ISO/IEC 18004, 7.4).
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace scr::qr {

// One symbol of several that carry a message together (8): the parity byte names the message.
struct StructuredAppend {
  int index = 0;  // 0 .. count - 1
  int count = 1;  // 1 .. 16
  std::uint8_t parity = 0;
  friend bool operator==(const StructuredAppend&, const StructuredAppend&) = default;
};

struct Message {
  // Bytes as they stand. Kanji as the two bytes of Shift JIS. What they mean beyond ASCII: see eci.
  std::string payload;
  std::vector<int> eci;  // assignment numbers in the order in which they stand; none: no statement
  std::optional<StructuredAppend> part;
  bool fnc1 = false;  // GS1 or an industry's application identifiers follow
};

// bad_input where the codewords break the standard. What fills up behind the end is not looked at.
Result<Message> read_message(std::span<const std::uint8_t> data, int version);

// The message of which these are the parts, in any order: all of them, each once, all of one
// message. Nothing if one is missing or the parity byte is not that of the whole (8.3: all bytes of
// the payload, xor). `part` of the whole is that of the first symbol.
std::optional<Message> joined(std::span<const Message> parts);

// How a message is cut into segments: printers do the one or the other.
enum class Segments {
  shortest,  // in as few bits as numeric, alphanumeric and byte segments allow
  bytes,     // one segment of bytes
};

// The data codewords for `payload`, padded to `capacity`. Nothing if it does not fit.
std::optional<std::vector<std::uint8_t>> write_message(std::string_view payload, int version,
                                                       int capacity,
                                                       Segments segments = Segments::shortest);

}  // namespace scr::qr
