// SPDX-License-Identifier: Apache-2.0
#include "qr/known.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "qr/bits.h"
#include "qr/internal/blocks.h"
#include "qr/internal/decode_modules.h"

namespace scr::qr {
namespace {

// -1 unknown, else the bit; of all data codewords in the order of the message. Empty if one does
// not fit.
std::vector<int> known_bits(std::span<const std::string> examples, int version, int capacity,
                            Segments segments) {
  std::vector<int> bits;
  for (const std::string& example : examples) {
    const auto written = write_message(example, version, capacity, segments);
    if (!written) return {};
    const bool first = bits.empty();
    if (first) bits.resize(written->size() * 8);
    for (std::size_t i = 0; i < bits.size(); ++i) {
      const int bit = (*written)[i / 8] >> (7 - i % 8) & 1;
      if (first) bits[i] = bit;
      if (bits[i] != bit) bits[i] = -1;
    }
  }
  return bits;
}

// The darkness of modules with what is known in its place.
std::vector<float> with_known(const SoftGrid& grid, const std::vector<int>& bits,
                              const Blocks& layout, int mask) {
  std::vector<float> dark = grid.darkness;
  const Plan& plan = plan_of(grid.version);
  const std::vector<Place> places = interleaving(layout);
  // First data codeword of each block in the message.
  std::vector<int> first(static_cast<std::size_t>(layout.blocks), 0);
  for (int b = 1; b < layout.blocks; ++b)
    first[static_cast<std::size_t>(b)] =
        first[static_cast<std::size_t>(b - 1)] + data_length(layout, b - 1);
  for (std::size_t i = 0; i < plan.order.size(); ++i) {
    const Place& place = places[i / 8];
    if (place.index >= data_length(layout, place.block)) continue;
    const int codeword = first[static_cast<std::size_t>(place.block)] + place.index;
    const int bit = bits[static_cast<std::size_t>(codeword) * 8 + i % 8];
    if (bit < 0) continue;
    const auto [row, column] = plan.order[i];
    dark[plan.fixed.index(row, column)] =
        (bit != 0) != mask_flips(mask, row, column) ? kCertain : -kCertain;
  }
  return dark;
}

}  // namespace

std::optional<Symbol> read_knowing(const SoftGrid& grid, std::span<const std::string> examples) {
  constexpr std::size_t kMostFormats = 6;
  const std::vector<FormatGuess> guesses = format_guesses(grid.darkness, size_of(grid.version));
  for (const Segments segments : {Segments::bytes, Segments::shortest}) {
    for (std::size_t i = 0; i < std::min(kMostFormats, guesses.size()); ++i) {
      const Blocks layout = blocks_of(grid.version, guesses[i].level);
      const std::vector<int> bits =
          known_bits(examples, grid.version, layout.total_data(), segments);
      if (bits.empty()) continue;
      DecodeAttempt attempt = decode_modules(with_known(grid, bits, layout, guesses[i].mask),
                                             grid.version, guesses[i], grid.darkness);
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
