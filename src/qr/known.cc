// SPDX-License-Identifier: Apache-2.0
#include "qr/known.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "qr/bits.h"
#include "qr/internal/common_modules.h"
#include "qr/internal/decode_modules.h"

namespace scr::qr {
namespace {

// The darkness of modules with what is known in its place.
std::vector<float> with_known(const SoftGrid& grid, const std::vector<float>& known) {
  std::vector<float> dark = grid.darkness;
  for (std::size_t i = 0; i < dark.size(); ++i) {
    if (known[i] != 0) dark[i] = known[i] * kCertain;
  }
  return dark;
}

}  // namespace

std::optional<Symbol> read_knowing(const SoftGrid& grid, std::span<const std::string> examples) {
  constexpr std::size_t kMostFormats = 6;
  const std::vector<FormatGuess> guesses = format_guesses(grid.darkness, size_of(grid.version));
  for (const Segments segments : {Segments::bytes, Segments::shortest}) {
    for (std::size_t i = 0; i < std::min(kMostFormats, guesses.size()); ++i) {
      const std::vector<float> known =
          common_modules(examples, grid.version, guesses[i].level, guesses[i].mask, segments);
      if (known.empty()) continue;
      DecodeAttempt attempt =
          decode_modules(with_known(grid, known), grid.version, guesses[i], grid.darkness, {});
      if (!attempt.decoded) continue;
      Symbol symbol;
      symbol.message = std::move(attempt.decoded->message);
      symbol.version = grid.version;
      symbol.level = attempt.decoded->level;
      symbol.mask = attempt.decoded->mask;
      symbol.corners = grid.corners;
      symbol.errors = attempt.decoded->errors;
      symbol.erasures = attempt.decoded->erasures;
      symbol.margin = attempt.decoded->margin;
      symbol.stage = Stage::taught;
      return symbol;
    }
  }
  return std::nullopt;
}

}  // namespace scr::qr
