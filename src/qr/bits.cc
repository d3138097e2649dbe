// SPDX-License-Identifier: Apache-2.0
#include "qr/bits.h"

#include <algorithm>
#include <array>
#include <limits>

namespace scr::qr {
namespace {

constexpr std::string_view kAlphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

// Mode indicators (table 2).
constexpr std::uint32_t kEnd = 0;
constexpr std::uint32_t kNumeric = 1;
constexpr std::uint32_t kAlpha = 2;
constexpr std::uint32_t kAppend = 3;
constexpr std::uint32_t kByte = 4;
constexpr std::uint32_t kFnc1First = 5;
constexpr std::uint32_t kEci = 7;
constexpr std::uint32_t kKanji = 8;
constexpr std::uint32_t kFnc1Second = 9;

// Bits of the character count (table 3).
int count_bits(std::uint32_t mode, int version) {
  const std::size_t range = version <= 9 ? 0 : version <= 26 ? 1 : 2;
  switch (mode) {
    case kNumeric:
      return std::array{10, 12, 14}[range];
    case kAlpha:
      return std::array{9, 11, 13}[range];
    case kByte:
      return std::array{8, 16, 16}[range];
    default:
      return std::array{8, 10, 12}[range];
  }
}

class BitReader {
 public:
  explicit BitReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  std::size_t left() const { return bytes_.size() * 8 - at_; }
  // REQUIRES: count <= left(), count <= 24.
  std::uint32_t take(int count) {
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i, ++at_) {
      value = value << 1 | ((bytes_[at_ / 8] >> (7 - at_ % 8)) & 1u);
    }
    return value;
  }
  bool has(std::size_t count) const { return left() >= count; }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
};

Error broken(const char* what) {
  return Error{ErrorCode::bad_input, what, "QR code"};
}

Result<void> read_numeric(BitReader& bits, std::uint32_t count, std::string& out) {
  for (std::uint32_t left = count; left > 0;) {
    const int digits = static_cast<int>(std::min(left, 3u));
    const int width = digits == 3 ? 10 : digits == 2 ? 7 : 4;
    if (!bits.has(static_cast<std::size_t>(width)))
      return tl::unexpected(broken("ends within digits"));
    const std::uint32_t value = bits.take(width);
    std::string text = std::to_string(value);
    if (text.size() > static_cast<std::size_t>(digits)) {
      return tl::unexpected(broken("a group of digits that is none"));
    }
    out.append(static_cast<std::size_t>(digits) - text.size(), '0');
    out += text;
    left -= static_cast<std::uint32_t>(digits);
  }
  return {};
}

Result<void> read_alphanumeric(BitReader& bits, std::uint32_t count, bool fnc1, std::string& out) {
  const std::size_t begin = out.size();
  for (std::uint32_t left = count; left > 0;) {
    const bool pair = left >= 2;
    if (!bits.has(pair ? 11 : 6)) return tl::unexpected(broken("ends within letters"));
    const std::uint32_t value = bits.take(pair ? 11 : 6);
    if (value >= (pair ? 45u * 45u : 45u)) return tl::unexpected(broken("a letter that is none"));
    if (pair) out += kAlphanumeric[value / 45];
    out += kAlphanumeric[value % 45];
    left -= pair ? 2 : 1;
  }
  if (!fnc1) return {};
  // 7.4.8.2: "%" stands for the separator, "%%" for itself.
  std::string plain;
  for (std::size_t i = begin; i < out.size(); ++i) {
    if (out[i] == '%' && i + 1 < out.size() && out[i + 1] == '%') {
      plain += out[i++];
    } else {
      plain += out[i] == '%' ? '\x1d' : out[i];
    }
  }
  out.resize(begin);
  out += plain;
  return {};
}

Result<void> read_bytes(BitReader& bits, std::uint32_t count, std::string& out) {
  if (!bits.has(std::size_t{count} * 8)) return tl::unexpected(broken("ends within bytes"));
  for (std::uint32_t i = 0; i < count; ++i) out += static_cast<char>(bits.take(8));
  return {};
}

Result<void> read_kanji(BitReader& bits, std::uint32_t count, std::string& out) {
  if (!bits.has(std::size_t{count} * 13)) return tl::unexpected(broken("ends within kanji"));
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t packed = bits.take(13);
    const std::uint32_t joined = (packed / 0xC0) << 8 | packed % 0xC0;
    const std::uint32_t code = joined + (joined < 0x1F00 ? 0x8140u : 0xC140u);
    out += static_cast<char>(code >> 8);
    out += static_cast<char>(code & 0xFFu);
  }
  return {};
}

Result<int> read_eci(BitReader& bits) {
  if (!bits.has(8)) return tl::unexpected(broken("ends within an ECI"));
  const std::uint32_t first = bits.take(8);
  if ((first & 0x80u) == 0) return static_cast<int>(first);
  const int more = (first & 0x40u) == 0 ? 8 : 16;
  if ((first & 0xE0u) == 0xE0u) return tl::unexpected(broken("an ECI that is none"));
  if (!bits.has(static_cast<std::size_t>(more)))
    return tl::unexpected(broken("ends within an ECI"));
  const std::uint32_t high = first & (more == 8 ? 0x3Fu : 0x1Fu);
  return static_cast<int>(high << more | bits.take(more));
}

class BitWriter {
 public:
  void put(std::uint32_t value, int count) {
    for (int i = count - 1; i >= 0; --i) bits_.push_back((value >> i & 1u) != 0);
  }
  std::size_t size() const { return bits_.size(); }
  std::vector<std::uint8_t> bytes() const {
    std::vector<std::uint8_t> out((bits_.size() + 7) / 8, 0);
    for (std::size_t i = 0; i < bits_.size(); ++i) {
      if (bits_[i]) out[i / 8] = static_cast<std::uint8_t>(out[i / 8] | 0x80u >> i % 8);
    }
    return out;
  }

 private:
  std::vector<bool> bits_;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alpha(char c) {
  return kAlphanumeric.find(c) != std::string_view::npos;
}

// The mode of each byte, so that the whole takes the fewest bits: the shortest way through modes,
// in sixths of a bit (a digit 20/6, a letter 33/6, a byte 48/6).
std::vector<std::uint32_t> modes_for(std::string_view payload, int version) {
  constexpr std::array<std::uint32_t, 3> kModes{kNumeric, kAlpha, kByte};
  constexpr int kNever = std::numeric_limits<int>::max() / 2;
  const std::size_t n = payload.size();
  std::array<int, 3> cost{};
  std::array<int, 3> head{};
  for (std::size_t m = 0; m < 3; ++m) head[m] = (4 + count_bits(kModes[m], version)) * 6;
  cost = head;
  std::vector<std::array<std::uint8_t, 3>> from(
      n);  // [i][m]: mode of byte i if what follows is in m
  std::array<int, 3> in{};
  for (std::size_t i = 0; i < n; ++i) {
    const char c = payload[i];
    in = {is_digit(c) ? cost[0] + 20 : kNever, is_alpha(c) ? cost[1] + 33 : kNever, cost[2] + 48};
    for (std::size_t to = 0; to < 3; ++to) {
      // Stay, or end a segment (rounded up to a whole bit) and begin another.
      int best = in[to];
      std::size_t chosen = to;
      for (std::size_t m = 0; m < 3; ++m) {
        const int change = in[m] >= kNever ? kNever : (in[m] + 5) / 6 * 6 + head[to];
        if (change < best) {
          best = change;
          chosen = m;
        }
      }
      from[i][to] = static_cast<std::uint8_t>(chosen);
      cost[to] = best;
    }
  }
  std::vector<std::uint32_t> modes(n);
  std::size_t m = static_cast<std::size_t>(std::min_element(in.begin(), in.end()) - in.begin());
  for (std::size_t i = n; i-- > 0;) {
    if (i + 1 < n) m = from[i][m];
    modes[i] = kModes[m];
  }
  return modes;
}

void write_segment(BitWriter& bits, std::uint32_t mode, std::string_view text, int version) {
  bits.put(mode, 4);
  bits.put(static_cast<std::uint32_t>(text.size()), count_bits(mode, version));
  const auto letter = [](char c) { return static_cast<std::uint32_t>(kAlphanumeric.find(c)); };
  if (mode == kByte) {
    for (const char c : text) bits.put(static_cast<unsigned char>(c), 8);
  } else if (mode == kAlpha) {
    for (std::size_t i = 0; i < text.size(); i += 2) {
      const bool pair = i + 1 < text.size();
      bits.put(pair ? letter(text[i]) * 45 + letter(text[i + 1]) : letter(text[i]), pair ? 11 : 6);
    }
  } else {
    for (std::size_t i = 0; i < text.size(); i += 3) {
      std::uint32_t value = 0;
      const std::string_view group = text.substr(i, 3);
      for (const char c : group) value = value * 10 + static_cast<std::uint32_t>(c - '0');
      bits.put(value, group.size() == 3 ? 10 : group.size() == 2 ? 7 : 4);
    }
  }
}

}  // namespace

Result<Message> read_message(std::span<const std::uint8_t> data, int version) {
  Message message;
  BitReader bits(data);
  while (bits.left() >= 4) {
    const std::uint32_t mode = bits.take(4);
    // What fills up the rest is not looked at: printers differ, and the parity covers it.
    if (mode == kEnd) return message;
    if (mode == kEci) {
      SCR_TRY(number, read_eci(bits));
      message.eci.push_back(number);
      continue;
    }
    if (mode == kFnc1First || mode == kFnc1Second) {
      message.fnc1 = true;
      if (mode == kFnc1Second) {
        if (!bits.has(8)) return tl::unexpected(broken("ends within an application indicator"));
        bits.take(8);
      }
      continue;
    }
    if (mode == kAppend) {
      if (!bits.has(16) || message.part)
        return tl::unexpected(broken("a structured append that is none"));
      const int index = static_cast<int>(bits.take(4));
      const int count = static_cast<int>(bits.take(4)) + 1;
      message.part = StructuredAppend{index, count, static_cast<std::uint8_t>(bits.take(8))};
      if (index >= count) return tl::unexpected(broken("part of a message that has fewer"));
      continue;
    }
    if (mode != kNumeric && mode != kAlpha && mode != kByte && mode != kKanji) {
      return tl::unexpected(broken("a mode that is none"));
    }
    const int width = count_bits(mode, version);
    if (!bits.has(static_cast<std::size_t>(width)))
      return tl::unexpected(broken("ends within a count"));
    const std::uint32_t count = bits.take(width);
    if (mode == kNumeric) SCR_TRY_VOID(read_numeric(bits, count, message.payload));
    if (mode == kAlpha) SCR_TRY_VOID(read_alphanumeric(bits, count, message.fnc1, message.payload));
    if (mode == kByte) SCR_TRY_VOID(read_bytes(bits, count, message.payload));
    if (mode == kKanji) SCR_TRY_VOID(read_kanji(bits, count, message.payload));
  }
  return message;  // no room for a full terminator
}

std::optional<std::vector<std::uint8_t>> write_message(std::string_view payload, int version,
                                                       int capacity, Segments segments) {
  constexpr std::uint32_t kByteMode = 4;
  const std::vector<std::uint32_t> modes =
      segments == Segments::shortest ? modes_for(payload, version)
                                     : std::vector<std::uint32_t>(payload.size(), kByteMode);
  BitWriter bits;
  for (std::size_t begin = 0; begin < payload.size();) {
    std::size_t end = begin + 1;
    const std::size_t most = (std::size_t{1} << count_bits(modes[begin], version)) - 1;
    while (end < payload.size() && modes[end] == modes[begin] && end - begin < most) ++end;
    write_segment(bits, modes[begin], payload.substr(begin, end - begin), version);
    begin = end;
  }
  const auto room = static_cast<std::size_t>(capacity) * 8;
  if (bits.size() > room) return std::nullopt;
  bits.put(0, static_cast<int>(std::min<std::size_t>(4, room - bits.size())));
  if (bits.size() % 8 != 0) bits.put(0, static_cast<int>(8 - bits.size() % 8));
  for (std::uint32_t fill = 0xEC; bits.size() < room; fill ^= 0xEC ^ 0x11) bits.put(fill, 8);
  return bits.bytes();
}

std::optional<Message> joined(std::span<const Message> parts) {
  if (parts.empty() || !parts[0].part) return std::nullopt;
  const StructuredAppend first = *parts[0].part;
  std::vector<const Message*> in_order(static_cast<std::size_t>(first.count), nullptr);
  if (parts.size() != in_order.size()) return std::nullopt;
  for (const Message& message : parts) {
    const auto& part = message.part;
    if (!part || part->count != first.count || part->parity != first.parity) return std::nullopt;
    in_order[static_cast<std::size_t>(part->index)] = &message;
  }
  Message whole;
  std::uint8_t parity = 0;
  for (const Message* message : in_order) {
    if (message == nullptr) return std::nullopt;
    whole.payload += message->payload;
    whole.eci.insert(whole.eci.end(), message->eci.begin(), message->eci.end());
    whole.fnc1 = whole.fnc1 || message->fnc1;
  }
  for (const char byte : whole.payload) parity ^= static_cast<std::uint8_t>(byte);
  if (parity != first.parity) return std::nullopt;
  whole.part = StructuredAppend{0, first.count, first.parity};
  return whole;
}

}  // namespace scr::qr
