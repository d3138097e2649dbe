// SPDX-License-Identifier: Apache-2.0
//
// ITU-T T.81 annex B for JPEG, ISO 15948 clause 5 for PNG.
#include "redact/internal/plain.h"

#include <algorithm>
#include <string_view>

namespace scr::redact::internal {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kJfif = "JFIF\0\x01\x01\0\0\x01\0\x01\0\0"sv;
constexpr std::string_view kAdobeRgb = "Adobe\0\x64\0\0\0\0\0"sv;

bool is_exif_of_ours(std::string_view segment) {
  for (int orientation = 2; orientation <= 8; ++orientation) {
    const auto bytes = exif_of(orientation);
    const std::string_view ours(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (segment == ours) return true;
  }
  return false;
}

std::string hex_byte(unsigned marker) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  return {kDigits[marker >> 4 & 15u], kDigits[marker & 15u]};
}

// What comes in which place: whose colours, how it is turned, steps, frame, codes, scan.
// Nothing for segments that do not belong there.
std::optional<int> place_of(unsigned marker, std::string_view segment) {
  switch (marker) {
    case 0xE0:
      return segment == kJfif ? std::optional(0) : std::nullopt;
    case 0xEE:
      return segment == kAdobeRgb ? std::optional(0) : std::nullopt;
    case 0xE1:
      return is_exif_of_ours(segment) ? std::optional(1) : std::nullopt;
    case 0xDB:  // quantisation tables
      return 2;
    case 0xC0:  // baseline
    case 0xC1:  // extended: tables of 16 bits
      return 3;
    case 0xC4:  // Huffman tables
      return 4;
    case 0xDA:
      return 5;
    default:
      return std::nullopt;
  }
}

// There may be several segments of tables, one of anything else.
bool may_follow(int place, int before) {
  if (before < 0) return place == 0;
  return place > before || (place == before && (place == 2 || place == 4));
}

// The header of the scan names all components of the frame in their order, and all coefficients.
bool is_scan_of_all(std::string_view scan, std::string_view frame) {
  if (frame.size() < 6 || scan.empty() || scan[0] != frame[5]) return false;
  const auto components = static_cast<std::size_t>(static_cast<unsigned char>(frame[5]));
  if (frame.size() != 6 + 3 * components || scan.size() != 4 + 2 * components) return false;
  for (std::size_t i = 0; i < components; ++i) {
    if (scan[1 + 2 * i] != frame[6 + 3 * i]) return false;
  }
  return scan.substr(1 + 2 * components) == "\0\x3F\0"sv;
}

// Behind the header of the one scan, only coded data and the end of the picture.
bool ends_after_one_scan(std::string_view coded) {
  for (std::size_t at = coded.find('\xFF'); at != std::string_view::npos;
       at = coded.find('\xFF', at + 2)) {
    if (at + 1 >= coded.size()) return false;
    if (coded[at + 1] != '\0') return coded.substr(at) == "\xFF\xD9"sv;
  }
  return false;
}

constexpr std::array<std::uint32_t, 256> kCrc = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t n = 0; n < 256; ++n) {
    std::uint32_t value = n;
    for (int k = 0; k < 8; ++k) value = value & 1u ? 0xEDB88320u ^ value >> 1 : value >> 1;
    table[n] = value;
  }
  return table;
}();

// Of a chunk's type and content (ISO 15948 annex D).
std::uint32_t crc_of(std::string_view bytes) {
  std::uint32_t value = 0xFFFFFFFFu;
  for (const char byte : bytes)
    value = kCrc[(value ^ static_cast<unsigned char>(byte)) & 255u] ^ value >> 8;
  return ~value;
}

// No chunk has content that is chosen but the pixels: one of how colours are to be shown could
// make figures vanish that are there.
bool chunk_may_follow(std::string_view type, std::string_view chunk, std::string_view before) {
  if (type == "IHDR") {
    return before.empty() && chunk.size() == 13 && chunk[8] == 8 &&
           (chunk[9] == 0 || chunk[9] == 2) && chunk.substr(10) == "\0\0\0"sv;
  }
  if (type == "sRGB") return before == "IHDR" && chunk == "\0"sv;
  if (type == "IDAT") return before == "sRGB" || before == "IDAT";
  return type == "IEND" && before == "IDAT" && chunk.empty();
}

std::uint32_t number_at(std::string_view text, std::size_t at) {
  std::uint32_t n = 0;
  for (std::size_t i = 0; i < 4; ++i) n = n << 8 | static_cast<unsigned char>(text[at + i]);
  return n;
}

}  // namespace

std::array<std::uint8_t, 32> exif_of(int orientation) {
  return {'E', 'x',
          'i', 'f',
          0,   0,  //
          'M', 'M',
          0,   42,
          0,   0,
          0,   8,  // big-endian, first directory at 8
          0,   1,  // one entry:
          1,   18,
          0,   3,
          0,   0,
          0,   1,  // orientation, a short, one of it
          0,   static_cast<std::uint8_t>(orientation),
          0,   0,  //
          0,   0,
          0,   0};  // no other directory
}

std::optional<std::string> not_plain_jpeg(ByteView file) {
  const std::string_view text = text_of(file);
  if (!text.starts_with("\xFF\xD8"sv)) return "is no JPEG";
  std::size_t at = 2;
  int before = -1;
  std::string_view frame;
  while (at + 4 <= text.size() && text[at] == '\xFF') {
    const unsigned marker = static_cast<unsigned char>(text[at + 1]);
    const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(text[at + 2]))
                                   << 8 |
                               static_cast<unsigned char>(text[at + 3]);
    if (length < 2 || length + 2 > text.size() - at) return "has a segment that does not end";
    const std::string_view segment = text.substr(at + 4, length - 2);
    at += 2 + length;
    const auto place = place_of(marker, segment);
    if (!place) return "has a segment that does not belong there: FF" + hex_byte(marker);
    if (!may_follow(*place, before)) return "has its segments in another order";
    before = *place;
    if (*place == 3) frame = segment;
    if (*place != 5) continue;
    if (!is_scan_of_all(segment, frame)) return "has not one scan of all its components";
    if (ends_after_one_scan(text.substr(at))) return std::nullopt;
    return "has something behind its one scan";
  }
  return "has no scan";
}

std::optional<std::string> not_plain_png(ByteView file) {
  const std::string_view text = text_of(file);
  constexpr std::string_view kSignature = "\x89PNG\r\n\x1A\n"sv;
  if (!text.starts_with(kSignature)) return "is no PNG";
  std::string_view before;
  for (std::size_t at = kSignature.size(); at + 12 <= text.size();) {
    const std::uint32_t length = number_at(text, at);
    const std::string_view type = text.substr(at + 4, 4);
    if (length > text.size() - at - 12) return "has a chunk that does not end";
    const std::string_view chunk = text.substr(at + 8, length);
    if (number_at(text, at + 8 + length) != crc_of(text.substr(at + 4, 4 + length)))
      return "has a chunk whose sum is wrong";
    at += 12 + length;
    if (!chunk_may_follow(type, chunk, before))
      return "has a chunk that does not belong there: " + to_hex(bytes_of(type));
    before = type;
    if (type != "IEND") continue;
    if (at == text.size()) return std::nullopt;
    return "has something behind its end";
  }
  return "does not end";
}

}  // namespace scr::redact::internal
