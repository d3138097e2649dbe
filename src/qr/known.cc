// SPDX-License-Identifier: Apache-2.0
#include "qr/known.h"

#include <algorithm>
#include <cstddef>

#include "qr/internal/blocks.h"
#include "qr/internal/decode_modules.h"

namespace scr::qr {
namespace {

// -1 unknown, else the bit; of all data codewords in the order of the message.
std::vector<int> known_bits(const KnownBytes& message, int version, int data_codewords) {
  std::vector<int> bits;
  const auto put = [&](std::uint32_t value, int count, std::uint32_t known) {
    for (int i = count; i-- > 0;)
      bits.push_back((known >> i & 1u) != 0 ? static_cast<int>(value >> i & 1u) : -1);
  };
  const int length_bits = version < 10 ? 8 : 16;
  put(4, 4, 0xF);  // byte mode
  put(static_cast<std::uint32_t>(message.bytes.size()), length_bits, 0xFFFF);
  for (std::size_t i = 0; i < message.bytes.size(); ++i)
    put(message.bytes[i], 8, message.known[i]);
  const auto whole = static_cast<std::size_t>(data_codewords) * 8;
  if (bits.size() > whole) return {};
  for (int i = 0; i < 4 && bits.size() < whole; ++i) bits.push_back(0);
  while (bits.size() % 8 != 0) bits.push_back(0);
  for (std::uint32_t pad = 0xEC; bits.size() < whole; pad ^= 0xEC ^ 0x11) put(pad, 8, 0xFF);
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

std::optional<Symbol> read_knowing(const SoftGrid& grid, const KnownBytes& message) {
  constexpr std::size_t kMostFormats = 6;
  const std::vector<FormatGuess> guesses = format_guesses(grid.darkness, size_of(grid.version));
  for (std::size_t i = 0; i < std::min(kMostFormats, guesses.size()); ++i) {
    const Blocks layout = blocks_of(grid.version, guesses[i].level);
    const std::vector<int> bits = known_bits(message, grid.version, layout.total_data());
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
  return std::nullopt;
}

}  // namespace scr::qr
