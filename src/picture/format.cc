// SPDX-License-Identifier: Apache-2.0
#include "picture/format.h"

#include <array>
#include <string_view>

namespace scr::picture {

const char* name_of(Format format) {
  constexpr std::array<const char*, 5> kNames{"jpeg", "png", "webp", "tiff", "heif"};
  return kNames[static_cast<std::size_t>(format)];
}

std::optional<Format> format_of(ByteView bytes) {
  using namespace std::string_view_literals;
  const std::string_view text = text_of(bytes.first(std::min<std::size_t>(bytes.size(), 32)));
  if (text.starts_with("\xFF\xD8\xFF"sv)) return Format::jpeg;
  if (text.starts_with("\x89PNG\r\n\x1A\n"sv)) return Format::png;
  if (text.starts_with("RIFF"sv) &&
      text.substr(std::min<std::size_t>(8, text.size())).starts_with("WEBP"sv))
    return Format::webp;
  if (text.starts_with("II*\0"sv) || text.starts_with("MM\0*"sv)) return Format::tiff;
  // ISO base media file format: the box "ftyp" with a brand of HEIF (ISO/IEC 23008-12).
  if (text.size() >= 12 && text.substr(4, 4) == "ftyp"sv) {
    for (const std::string_view brand :
         {"heic"sv, "heix"sv, "hevc"sv, "heim"sv, "heis"sv, "mif1"sv, "msf1"sv}) {
      if (text.substr(8, 4) == brand) return Format::heif;
    }
  }
  return std::nullopt;
}

}  // namespace scr::picture
