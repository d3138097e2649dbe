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

// True for segments that say how the picture is coded, and for the few others that are ours.
bool is_wanted(unsigned marker, std::string_view segment) {
  switch (marker) {
    case 0xE0:
      return segment == kJfif;
    case 0xE1:
      return is_exif_of_ours(segment);
    case 0xEE:
      return segment == kAdobeRgb;
    case 0xC0:  // baseline
    case 0xC1:  // extended: tables of 16 bits
    case 0xC4:  // Huffman tables
    case 0xDB:  // quantisation tables
      return true;
    default:
      return false;
  }
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
  while (at + 4 <= text.size() && text[at] == '\xFF') {
    const unsigned marker = static_cast<unsigned char>(text[at + 1]);
    const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(text[at + 2]))
                                   << 8 |
                               static_cast<unsigned char>(text[at + 3]);
    if (length < 2 || length + 2 > text.size() - at) return "has a segment that does not end";
    const std::string_view segment = text.substr(at + 4, length - 2);
    at += 2 + length;
    if (marker == 0xDA) {
      if (ends_after_one_scan(text.substr(at))) return std::nullopt;
      return "has something behind its one scan";
    }
    if (!is_wanted(marker, segment))
      return "has a segment that does not belong there: FF" + hex_byte(marker);
  }
  return "has no scan";
}

std::optional<std::string> not_plain_png(ByteView file) {
  const std::string_view text = text_of(file);
  constexpr std::string_view kSignature = "\x89PNG\r\n\x1A\n"sv;
  if (!text.starts_with(kSignature)) return "is no PNG";
  // Those without content that is chosen: the sizes are those of the format.
  constexpr std::array<std::pair<std::string_view, std::uint32_t>, 4> kFixed{
      {{"IHDR", 13}, {"gAMA", 4}, {"cHRM", 32}, {"sRGB", 1}}};
  for (std::size_t at = kSignature.size(); at + 12 <= text.size();) {
    const std::uint32_t length = number_at(text, at);
    const std::string_view type = text.substr(at + 4, 4);
    if (length > text.size() - at - 12) return "has a chunk that does not end";
    at += 12 + length;
    if (type == "IEND") {
      if (length == 0 && at == text.size()) return std::nullopt;
      return "has something behind its end";
    }
    const bool fixed =
        std::find(kFixed.begin(), kFixed.end(), std::pair(type, length)) != kFixed.end();
    if (!fixed && type != "IDAT")
      return "has a chunk that does not belong there: " + to_hex(bytes_of(type));
  }
  return "does not end";
}

}  // namespace scr::redact::internal
