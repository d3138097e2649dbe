// SPDX-License-Identifier: Apache-2.0
#include "qr/internal/common_modules.h"

#include <cstddef>
#include <cstdint>

#include "qr/internal/blocks.h"

namespace scr::qr {
namespace {

// -1 where they differ, else the bit; of all data codewords in the order of the message.
std::vector<int> common_bits(std::span<const std::string> examples, int version, int capacity,
                             Segments segments) {
  constexpr int kFewest = 16;
  std::vector<int> bits;
  int fitting = 0;
  for (const std::string& example : examples) {
    const auto written = write_message(example, version, capacity, segments);
    if (!written) continue;
    const bool first = fitting++ == 0;
    if (first) bits.resize(written->size() * 8);
    for (std::size_t i = 0; i < bits.size(); ++i) {
      const int bit = (*written)[i / 8] >> (7 - i % 8) & 1;
      if (first) bits[i] = bit;
      if (bits[i] != bit) bits[i] = -1;
    }
  }
  if (fitting < kFewest) bits.clear();
  return bits;
}

}  // namespace

std::vector<float> common_modules(std::span<const std::string> examples, int version, Level level,
                                  int mask, Segments segments) {
  const Blocks layout = blocks_of(version, level);
  const std::vector<int> bits = common_bits(examples, version, layout.total_data(), segments);
  if (bits.empty()) return {};
  const Plan& plan = plan_of(version);
  std::vector<float> modules(plan.roles.size(), 0);
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
    modules[plan.fixed.index(row, column)] =
        (bit != 0) != mask_flips(mask, row, column) ? 1.0F : -1.0F;
  }
  return modules;
}

}  // namespace scr::qr
