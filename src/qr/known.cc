// SPDX-License-Identifier: Apache-2.0
#include "qr/known.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "qr/bits.h"
#include "qr/internal/common_modules.h"
#include "qr/internal/decode_modules.h"
#include "qr/internal/grid.h"

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

// Formats worth trying, best first.
std::vector<FormatGuess> likely_formats(const SoftGrid& grid) {
  constexpr std::size_t kMost = 6;
  constexpr double kSlack = 0.4;
  std::vector<FormatGuess> guesses = format_guesses(grid.darkness, size_of(grid.version));
  if (guesses.size() > kMost) guesses.resize(kMost);
  while (guesses.back().agreement < guesses.front().agreement - kSlack) guesses.pop_back();
  return guesses;
}

// A grid that bends nowhere, between the symbol's corners.
Grid between_corners(const SoftGrid& grid) {
  const double size = size_of(grid.version);
  const auto map = image::Homography::of_unit_square(grid.corners);
  const auto at = [&](double column, double row) { return map(column / size, row / size); };
  const double far = size - 3.5;
  const double opposite = size - 6.5;
  return Grid(size_of(grid.version),
              {at(3.5, 3.5), at(far, 3.5), at(opposite, opposite), at(3.5, far)});
}

}  // namespace

std::optional<SoftGrid> laid_anew(const image::Gray& picture, const SoftGrid& grid,
                                  std::span<const std::string> examples) {
  constexpr double kSeen = 0.1;  // of another format's it is about 0
  std::vector<float> known;
  double most = kSeen;
  for (const Segments segments : {Segments::bytes, Segments::shortest}) {
    for (const FormatGuess& guess : likely_formats(grid)) {
      std::vector<float> modules =
          common_modules(examples, grid.version, guess.level, guess.mask, segments);
      if (modules.empty()) continue;
      const double like = agreement(grid.darkness, modules);
      if (like <= most) continue;
      most = like;
      known = std::move(modules);
    }
  }
  if (known.empty()) return std::nullopt;
  const std::vector<float> fixed = known_modules(grid.version);
  for (std::size_t i = 0; i < known.size(); ++i) known[i] += fixed[i];
  const Grid laid = bent(picture, fitted(picture, between_corners(grid), 0.8, known, 0), known);
  SoftGrid anew = grid;
  anew.corners = laid.corners();
  anew.darkness =
      equalised(darkness(brightness(picture, laid), laid.size()), laid.size(), known, 2);
  anew.agreement = agreement(anew.darkness, grid.version);
  return anew;
}

std::optional<Symbol> read_knowing(const SoftGrid& grid, std::span<const std::string> examples) {
  const std::vector<FormatGuess> guesses = likely_formats(grid);
  for (const Segments segments : {Segments::bytes, Segments::shortest}) {
    for (const FormatGuess& guess : guesses) {
      const std::vector<float> known =
          common_modules(examples, grid.version, guess.level, guess.mask, segments);
      if (known.empty()) continue;
      DecodeAttempt attempt =
          decode_modules(with_known(grid, known), grid.version, guess, grid.darkness, {});
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
