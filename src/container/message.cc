// SPDX-License-Identifier: Apache-2.0
//
// A letter, then what belongs to it: a number in eight bytes, the lowest first; one byte for a
// reason or a way; or bytes as they are.
#include "container/message.h"

#include <array>
#include <utility>

namespace scr::container {
namespace {

std::string with_number(char letter, std::uint64_t n) {
  std::string out(1, letter);
  for (int i = 0; i < 8; ++i) out.push_back(static_cast<char>((n >> (8 * i)) & 0xFF));
  return out;
}

std::uint64_t number_in(std::string_view bytes) {
  std::uint64_t n = 0;
  for (int i = 0; i < 8; ++i)
    n |= std::uint64_t{static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)])} << (8 * i);
  return n;
}

std::string with_byte(char letter, std::uint8_t value) {
  return {letter, static_cast<char>(value)};
}

struct Writer {
  std::string operator()(const PartBegins& m) const { return with_number('b', m.part); }
  std::string operator()(const PartBytes& m) const { return 'd' + m.bytes; }
  std::string operator()(const PartEnds& m) const {
    return with_byte('e', static_cast<std::uint8_t>(m.how));
  }
  std::string operator()(const PartRefused& m) const {
    return with_byte('r', static_cast<std::uint8_t>(m.reason));
  }
  std::string operator()(const Passed& m) const { return with_number('p', m.bytes); }
  std::string operator()(const Closed& m) const {
    return with_byte('c', static_cast<std::uint8_t>(m.ending));
  }
};

}  // namespace

const char* name_of(How how) {
  constexpr std::array<const char*, 3> kNames{"member", "embedded", "rendered"};
  return kNames[static_cast<std::size_t>(how)];
}

std::string to_bytes(const Message& message) {
  return std::visit(Writer{}, message);
}

Result<Message> message_of(std::string_view bytes) {
  if (bytes.empty()) return fail(ErrorCode::bad_input, "an empty message");
  const std::string_view rest = bytes.substr(1);
  const auto value = rest.size() == 1 ? static_cast<unsigned char>(rest[0]) : 0xFFu;
  switch (bytes[0]) {
    case 'b':
      if (rest.size() == 8) return Message(PartBegins{number_in(rest)});
      break;
    case 'p':
      if (rest.size() == 8) return Message(Passed{number_in(rest)});
      break;
    case 'd':
      if (!rest.empty() && rest.size() <= kLargestPiece)
        return Message(PartBytes{std::string(rest)});
      break;
    case 'e':
      if (value < 3) return Message(PartEnds{static_cast<How>(value)});
      break;
    case 'r':
      if (value < kReasons) return Message(PartRefused{static_cast<Reason>(value)});
      break;
    case 'c':
      if (value < kReasons) return Message(Closed{static_cast<Reason>(value)});
      break;
    default:
      break;
  }
  return fail(ErrorCode::bad_input, "no message that a container gives");
}

}  // namespace scr::container
