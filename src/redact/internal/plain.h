// SPDX-License-Identifier: Apache-2.0
//
// Files in which nothing stands but a picture: no comment, no date, no place, no thumbnail, nothing
// behind the end.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"

namespace scr::redact::internal {

// What stands in the APP1 segment of a picture that is to be turned, and nothing else.
std::array<std::uint8_t, 32> exif_of(int orientation);

// What is amiss; nothing if the file is as write_coefficients writes it: as to its segments, not
// as to what is coded in them.
std::optional<std::string> not_plain_jpeg(ByteView file);
// The same of picture/encode.h.
std::optional<std::string> not_plain_png(ByteView file);

}  // namespace scr::redact::internal
