// SPDX-License-Identifier: Apache-2.0
//
// Which files hold others, told by their first bytes, never by a name.
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <optional>

#include "base/bytes.h"

namespace scr::container {

// gzip, xz, zstd: what is compressed must be a tar.
enum class Format { pdf, zip, seven_zip, tar, gzip, xz, zstd };
const char* name_of(Format format);

// So many bytes of the beginning are enough for format_of.
inline constexpr std::size_t kBeginning = 1024;

// Nothing if it is none of these. A picture is none.
std::optional<Format> format_of(ByteView beginning);

// True where a part can be reached without those before it.
inline bool parts_stand_alone(Format format) {
  return format == Format::pdf;
}

}  // namespace scr::container
