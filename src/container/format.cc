// SPDX-License-Identifier: Apache-2.0
#include "container/format.h"

#include <array>
#include <string_view>

#include "picture/format.h"

namespace scr::container {

const char* name_of(Format format) {
  constexpr std::array<const char*, 7> kNames{"pdf", "zip", "7z", "tar", "gzip", "xz", "zstd"};
  return kNames[static_cast<std::size_t>(format)];
}

std::optional<Format> format_of(ByteView beginning) {
  using namespace std::string_view_literals;
  if (picture::format_of(beginning)) return std::nullopt;
  const std::string_view text = text_of(beginning.first(std::min(beginning.size(), kBeginning)));
  // APPNOTE 4.3.7, 4.3.16 (a zip with nothing in it), 8.5.4 (spanned).
  for (const std::string_view mark : {"PK\3\4"sv, "PK\5\6"sv, "PK\7\10PK\3\4"sv}) {
    if (text.starts_with(mark)) return Format::zip;
  }
  if (text.starts_with("7z\xBC\xAF\x27\x1C"sv)) return Format::seven_zip;
  if (text.starts_with("\x1F\x8B\x08"sv)) return Format::gzip;
  if (text.starts_with("\xFD"
                       "7zXZ\0"sv))
    return Format::xz;
  if (text.starts_with("\x28\xB5\x2F\xFD"sv)) return Format::zstd;
  if (text.size() >= 262 && text.substr(257, 5) == "ustar"sv) return Format::tar;
  // ISO 32000-1, implementation note 13: the header may stand anywhere in the first 1,024 bytes.
  if (text.find("%PDF-"sv) != std::string_view::npos) return Format::pdf;
  return std::nullopt;
}

}  // namespace scr::container
