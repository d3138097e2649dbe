// SPDX-License-Identifier: Apache-2.0
//
// What the process that takes a container apart tells of it, in this order:
//
//   messages = { part | Passed } Closed
//   part     = PartBegins { PartBytes | Passed } ( PartEnds | PartRefused )
//
// Parts are numbered from 1, each one more than the last. Grammar and limits are held by the side
// that listens (message_order.h), which trusts nobody.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "container/reason.h"

namespace scr::container {

// How a picture came out of its container: the very bytes of a member; the very bytes that a page
// draws as its only picture; or drawn here.
enum class How : std::uint8_t { member, embedded, rendered };
const char* name_of(How how);

struct PartBegins {
  std::uint64_t part = 0;
};
struct PartBytes {
  std::string bytes;  // at most kLargestPiece
};
struct PartEnds {
  How how = How::member;
};
struct PartRefused {
  Reason reason = Reason::damaged;
};
// So many bytes came out that nobody wants: a sign of life.
struct Passed {
  std::uint64_t bytes = 0;
};
struct Closed {
  Reason ending = Reason::whole;
};

using Message = std::variant<PartBegins, PartBytes, PartEnds, PartRefused, Passed, Closed>;

inline constexpr std::size_t kLargestPiece = std::size_t{1} << 18;

std::string to_bytes(const Message& message);
// Strict: the very bytes that to_bytes makes.
Result<Message> message_of(std::string_view bytes);

}  // namespace scr::container
