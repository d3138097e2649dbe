// SPDX-License-Identifier: Apache-2.0
//
// Soft modules -> message: format by correlation, codewords with their weakest bit as their
// reliability, Reed-Solomon with more and more of the least reliable erased.

#pragma once

#include <optional>
#include <vector>

#include "qr/bits.h"
#include "qr/code.h"

namespace scr::qr {

// Darkness of a module that is known, beyond all that is seen.
inline constexpr float kCertain = 4;

struct FormatGuess {
  Level level = Level::L;
  int mask = 0;
  double agreement = 0;  // -1 .. 1, over both copies
};
// Of all 32, best first. `darkness`: -1 light .. +1 dark, by Modules::index.
std::vector<FormatGuess> format_guesses(const std::vector<float>& darkness, int size);

struct Decoded {
  Message message;
  Level level = Level::L;
  int mask = 0;
  int errors = 0;  // bytes, over all blocks
  int erasures = 0;
  int margin = 0;                  // parity bytes that the hardest block did not need; at least 3
  std::vector<std::uint8_t> data;  // codewords
};

struct DecodeAttempt {
  std::optional<Decoded> decoded;
  // Where some blocks could be corrected and others not: the modules that are thereby known
  // (+1 dark, -1 light, 0 unknown), and how many blocks. Else empty.
  std::vector<float> known;
  int blocks_corrected = 0;
};

// `seen`: what the message, drawn again, must look like; `darkness` itself where nothing was put
// into it from elsewhere. `told`: modules that any message of the form has (+1 dark, -1 light, 0
// unknown; empty: nothing is known of it): they are taken as told, and a byte that was seen
// otherwise is doubted whole.
DecodeAttempt decode_modules(const std::vector<float>& darkness, int version,
                             const FormatGuess& format, const std::vector<float>& seen,
                             const std::vector<float>& told);

// The same modules, each a weighted sum of itself and its neighbours: the weights that bring the
// known ones closest to what they are (least squares, with a ridge). Undoes blur. `reach`: 1 for
// 3 x 3 modules, 2 for 5 x 5.
std::vector<float> equalised(const std::vector<float>& darkness, int size,
                             const std::vector<float>& known, int reach);

// The modules, dark or light, that explain a blurred picture of them best, and the blur that does:
// from a start, each in turn is learnt by the other; one module, or two that touch, are turned over
// while that explains more (iterated conditional modes: Besag, J. R. Stat. Soc. B 48, 1986). Each
// with how sure it is. `fixed`: +1, -1 where the modules are known, 0 elsewhere.
std::vector<float> explained(const std::vector<float>& darkness, int size,
                             const std::vector<float>& fixed, const std::vector<float>& start);

}  // namespace scr::qr
