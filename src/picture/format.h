// SPDX-License-Identifier: Apache-2.0
//
// What kind of file some bytes are: by the bytes themselves, never by a name.
//
// Pure; any thread.

#pragma once

#include <optional>

#include "base/bytes.h"

namespace scr::picture {

enum class Format { jpeg, png, webp, tiff, heif };
const char* name_of(Format format);

// Nothing if it is none of these.
std::optional<Format> format_of(ByteView bytes);

}  // namespace scr::picture
