// SPDX-License-Identifier: Apache-2.0
//
// Payload -> modules (ISO/IEC 18004, 7): for printing test sheets, and for asking of a code that
// cannot be decoded whether it is the code of a payload that the print suggests.
//
// Pure; any thread.

#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "qr/code.h"

namespace scr::qr {

struct EncodeOptions {
  Level level = Level::M;
  std::optional<int> version;  // the smallest that fits if left out
  std::optional<int> mask;     // by the penalty rules (7.8.3) if left out
};

// bad_input if the payload does not fit.
Result<Modules> encode(std::string_view payload, const EncodeOptions& options);

// The modules for data codewords that are given. REQUIRES: blocks_of(version, level).total_data()
// of them; 0 <= mask < 8.
Modules draw(std::span<const std::uint8_t> data, int version, Level level, int mask);

}  // namespace scr::qr
