// SPDX-License-Identifier: Apache-2.0
#include "qr/encode.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "base/check.h"
#include "qr/bits.h"
#include "qr/internal/blocks.h"
#include "qr/reed_solomon.h"

namespace scr::qr {
namespace {

// 7.8.3.1. The rows of a symbol and, transposed, its columns.
int line_penalty(const Modules& modules, bool columns) {
  int penalty = 0;
  const auto at = [&](int line, int i) {
    return columns ? modules.at(i, line) : modules.at(line, i);
  };
  for (int line = 0; line < modules.size; ++line) {
    int run = 0;
    std::uint32_t last = 0;  // the last eleven modules
    for (int i = 0; i < modules.size; ++i) {
      const bool dark = at(line, i);
      run = i > 0 && dark == at(line, i - 1) ? run + 1 : 1;
      if (run == 5) penalty += 3;
      if (run > 5) penalty += 1;
      last = (last << 1 | (dark ? 1u : 0u)) & 0x7FFu;
      // 1:1:3:1:1 with four light modules on one side.
      if (i >= 10 && (last == 0x5D0u || last == 0x05Du)) penalty += 40;
    }
  }
  return penalty;
}

int penalty_of(const Modules& modules) {
  int penalty = line_penalty(modules, false) + line_penalty(modules, true);
  int dark = 0;
  for (int row = 0; row < modules.size; ++row) {
    for (int column = 0; column < modules.size; ++column) {
      const bool here = modules.at(row, column);
      dark += here ? 1 : 0;
      if (row > 0 && column > 0 && here == modules.at(row - 1, column) &&
          here == modules.at(row, column - 1) && here == modules.at(row - 1, column - 1)) {
        penalty += 3;
      }
    }
  }
  const int all = modules.size * modules.size;
  return penalty + std::abs(dark * 20 - all * 10) / all * 10;
}

}  // namespace

Modules draw(std::span<const std::uint8_t> data, int version, Level level, int mask) {
  const Blocks layout = blocks_of(version, level);
  SCR_CHECK(static_cast<int>(data.size()) == layout.total_data());
  std::vector<std::vector<std::uint8_t>> blocks;
  std::size_t begin = 0;
  for (int b = 0; b < layout.blocks; ++b) {
    const auto length = static_cast<std::size_t>(data_length(layout, b));
    std::vector<std::uint8_t> block(data.begin() + static_cast<std::ptrdiff_t>(begin),
                                    data.begin() + static_cast<std::ptrdiff_t>(begin + length));
    const std::vector<std::uint8_t> parity = parity_of(block, layout.parity);
    block.insert(block.end(), parity.begin(), parity.end());
    blocks.push_back(std::move(block));
    begin += length;
  }
  const Plan& plan = plan_of(version);
  Modules modules = plan.fixed;
  const std::vector<Place> places = interleaving(layout);
  for (std::size_t i = 0; i < plan.order.size(); ++i) {
    const Place& place = places[i / 8];
    const std::uint8_t byte =
        blocks[static_cast<std::size_t>(place.block)][static_cast<std::size_t>(place.index)];
    const auto [row, column] = plan.order[i];
    modules.set(row, column, ((byte >> (7 - i % 8)) & 1u) != 0);
  }
  for (int row = 0; row < modules.size; ++row) {
    for (int column = 0; column < modules.size; ++column) {
      if (plan.roles[modules.index(row, column)] == Role::data && mask_flips(mask, row, column)) {
        modules.set(row, column, !modules.at(row, column));
      }
    }
  }
  const std::uint32_t format = format_bits(level, mask);
  for (int bit = 0; bit < 15; ++bit) {
    for (const auto& [row, column] : format_places(modules.size, bit)) {
      modules.set(row, column, (format >> bit & 1u) != 0);
    }
  }
  for (int bit = 0; version >= 7 && bit < 18; ++bit) {
    for (const auto& [row, column] : version_places(modules.size, bit)) {
      modules.set(row, column, (version_bits(version) >> bit & 1u) != 0);
    }
  }
  return modules;
}

Result<Modules> encode(std::string_view payload, const EncodeOptions& options) {
  const int first = options.version.value_or(kMinVersion);
  const int last = options.version.value_or(kMaxVersion);
  for (int version = first; version <= last; ++version) {
    const int capacity = blocks_of(version, options.level).total_data();
    const auto data = write_message(payload, version, capacity);
    if (!data) continue;
    if (options.mask) return draw(*data, version, options.level, *options.mask);
    Modules best;
    int least = -1;
    for (int mask = 0; mask < kMasks; ++mask) {
      Modules modules = draw(*data, version, options.level, mask);
      const int penalty = penalty_of(modules);
      if (least < 0 || penalty < least) {
        least = penalty;
        best = std::move(modules);
      }
    }
    return best;
  }
  return fail(ErrorCode::bad_input,
              "a payload of " + std::to_string(payload.size()) + " bytes does not fit", "QR code");
}

}  // namespace scr::qr
