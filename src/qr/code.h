// SPDX-License-Identifier: Apache-2.0
//
// QR Code model 2 as ISO/IEC 18004:2015 defines it: sizes, tables, where each bit lies.
//
// A symbol is a square of size() modules, row by row from the top left finder. "Dark" is 1.
// Pure; any thread.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace scr::qr {

// Error correction, weakest first. About 7, 15, 25, 30 % of the codewords can be wrong.
enum class Level : std::uint8_t { L, M, Q, H };
inline constexpr std::array<Level, 4> kLevels{Level::L, Level::M, Level::Q, Level::H};

inline constexpr int kMinVersion = 1;
inline constexpr int kMaxVersion = 40;
inline constexpr int kMasks = 8;

constexpr int size_of(int version) {
  return 17 + 4 * version;
}
// Nothing unless a version has this many modules a side.
std::optional<int> version_of_size(int size);

// What a version and level make of the codewords: `blocks` blocks, of which the first
// `short_blocks` hold data_codewords bytes and the others one more; each is followed by `parity`
// bytes.
struct Blocks {
  int blocks = 0;
  int short_blocks = 0;
  int data_codewords = 0;
  int parity = 0;

  int total_data() const { return blocks * data_codewords + (blocks - short_blocks); }
  int total() const { return total_data() + blocks * parity; }
};
Blocks blocks_of(int version, Level level);

// All modules of a symbol.
struct Modules {
  int size = 0;
  std::vector<std::uint8_t> dark;  // 0 or 1

  bool at(int row, int column) const { return dark[index(row, column)] != 0; }
  void set(int row, int column, bool is_dark) { dark[index(row, column)] = is_dark ? 1 : 0; }
  std::size_t index(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(size) +
           static_cast<std::size_t>(column);
  }
  friend bool operator==(const Modules&, const Modules&) = default;
};

// Centres of the alignment patterns along one axis; empty for version 1.
std::vector<int> alignment_centres(int version);

// What each module of a version is for.
enum class Role : std::uint8_t { data, format, version_info, fixed };
struct Plan {
  Modules fixed;            // finders, separators, timing, alignment, the dark module
  std::vector<Role> roles;  // by Modules::index
  // Modules of the codewords, most significant bit of the first codeword first; the remainder bits
  // are left out.
  std::vector<std::pair<int, int>> order;  // row, column
};
// Built once for each version; the reference stays good.
const Plan& plan_of(int version);

// True if `mask` turns the module round (table 10).
constexpr bool mask_flips(int mask, int row, int column) {
  const int i = row;
  const int j = column;
  switch (mask) {
    case 0:
      return (i + j) % 2 == 0;
    case 1:
      return i % 2 == 0;
    case 2:
      return j % 3 == 0;
    case 3:
      return (i + j) % 3 == 0;
    case 4:
      return (i / 2 + j / 3) % 2 == 0;
    case 5:
      return i * j % 2 + i * j % 3 == 0;
    case 6:
      return (i * j % 2 + i * j % 3) % 2 == 0;
    default:
      return ((i + j) % 2 + i * j % 3) % 2 == 0;
  }
}

// 15 bits (BCH 15,5, xor 0x5412) and 18 bits (BCH 18,6).
std::uint32_t format_bits(Level level, int mask);
std::uint32_t version_bits(int version);

// Where bit `bit` (0 the least significant) of each copy lies: row, column.
std::array<std::pair<int, int>, 2> format_places(int size, int bit);
std::array<std::pair<int, int>, 2> version_places(int size, int bit);

}  // namespace scr::qr
