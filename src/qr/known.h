// SPDX-License-Identifier: Apache-2.0
//
// A symbol that could not be decoded, read with the help of what is known of its message from
// elsewhere: the print around it.
//
// What is known takes the place of what was seen there, and the correction works on the rest. It is
// accepted only as any other symbol: with three parity bytes to spare in each block, and if what
// comes out, drawn again, looks like what was SEEN. So help that is wrong makes it fail, or is
// outvoted by the parity bytes, which nothing but the symbol knows.
//
// Pure; any thread.

#pragma once

#include <optional>
#include <span>
#include <string>

#include "qr/read.h"

namespace scr::qr {

// `examples`: messages that it may be, of one form; what is common to all, bit by bit, is taken as
// known. So what is unknown must be drawn at random in them, and there must be a few dozen. Tried
// with the segments of a message as either kind of printer cuts them. Nothing if it cannot be
// decoded even so, or if the message is too long for the version.
std::optional<Symbol> read_knowing(const SoftGrid& grid, std::span<const std::string> examples);

// The same symbol, its grid laid anew over what all examples have in common: where folds shifted
// parts of it, that tells where they went. In the format that fits best. Nothing if nothing of the
// examples is seen. `picture`: that in which `grid` was found.
std::optional<SoftGrid> laid_anew(const image::Gray& picture, const SoftGrid& grid,
                                  std::span<const std::string> examples);

}  // namespace scr::qr
