// SPDX-License-Identifier: Apache-2.0
//
// A symbol that could not be decoded, read with the help of what is known of its message from
// elsewhere: the print around it.
//
// What is known takes the place of what was seen there, and the correction works on the rest. It is
// accepted only as any other symbol: with three parity bytes to spare in each block, and if what comes
// out, drawn again, looks like what was SEEN. So help that is wrong makes it fail, or is outvoted by
// the parity bytes, which nothing but the symbol knows.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "qr/read.h"

namespace scr::qr {

// A message of so many bytes in byte mode, and which bits of each are known.
struct KnownBytes {
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint8_t> known;  // 1 bits where `bytes` is known; as many as bytes
};

// Nothing if it cannot be decoded even so, or if the message is too long for the version.
std::optional<Symbol> read_knowing(const SoftGrid& grid, const KnownBytes& message);

}  // namespace scr::qr
