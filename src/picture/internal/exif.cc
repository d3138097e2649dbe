// SPDX-License-Identifier: Apache-2.0
//
// The one tag of EXIF that matters here, out of the first APP1 segment of a JPEG. Everything is
// bounds-checked; anything odd means "not turned".
#include <cstdint>
#include <string_view>

#include "picture/decode.h"

namespace scr::picture {
namespace {

class Tiff {
 public:
  explicit Tiff(ByteView bytes) : bytes_(bytes) {}
  bool little() const { return bytes_.size() > 1 && bytes_[0] == std::byte{'I'}; }
  // 0 beyond the end.
  std::uint32_t number(std::size_t at, std::size_t width) const {
    if (at > bytes_.size() || width > bytes_.size() - at) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const std::size_t from = little() ? at + width - 1 - i : at + i;
      value = value << 8 | std::to_integer<std::uint32_t>(bytes_[from]);
    }
    return value;
  }

 private:
  ByteView bytes_;
};

int orientation_in(ByteView exif) {
  const Tiff tiff(exif);
  constexpr std::uint32_t kOrientation = 0x0112;
  const std::size_t directory = tiff.number(4, 4);
  const std::uint32_t count = tiff.number(directory, 2);
  for (std::uint32_t i = 0; i < count && i < 200; ++i) {
    const std::size_t entry = directory + 2 + std::size_t{i} * 12;
    if (tiff.number(entry, 2) != kOrientation) continue;
    const std::uint32_t value = tiff.number(entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

}  // namespace

int orientation_of_jpeg(ByteView bytes) {
  std::size_t at = 2;
  while (at + 4 <= bytes.size() && bytes[at] == std::byte{0xFF}) {
    const auto marker = std::to_integer<unsigned>(bytes[at + 1]);
    if (marker == 0xDA || marker == 0xD9) return 1;
    const std::size_t length = std::to_integer<std::size_t>(bytes[at + 2]) << 8 |
                               std::to_integer<std::size_t>(bytes[at + 3]);
    if (length < 2 || at + 2 + length > bytes.size()) return 1;
    const ByteView segment = bytes.subspan(at + 4, length - 2);
    if (marker == 0xE1 && text_of(segment).starts_with(std::string_view("Exif\0\0", 6))) {
      return orientation_in(segment.subspan(6));
    }
    at += 2 + length;
  }
  return 1;
}

bool ends_early(ByteView bytes) {
  using namespace std::string_view_literals;
  const std::string_view text = text_of(bytes);
  if (!text.starts_with("\xFF\xD8\xFF"sv)) return false;
  // Segments up to the first scan; a thumbnail among them has an end of its own.
  std::size_t at = 2;
  while (at + 4 <= text.size() && text[at] == '\xFF') {
    const auto marker = static_cast<unsigned char>(text[at + 1]);
    if (marker == 0xDA) return text.find("\xFF\xD9"sv, at) == std::string_view::npos;
    if (marker == 0xD9) return false;
    at += 2 + (std::to_integer<std::size_t>(bytes[at + 2]) << 8 |
               std::to_integer<std::size_t>(bytes[at + 3]));
  }
  return true;
}

}  // namespace scr::picture
