// SPDX-License-Identifier: Apache-2.0
#include "qr/code.h"

#include <memory>
#include <mutex>

#include "base/check.h"

namespace scr::qr {
namespace {

// ISO/IEC 18004:2015, table 9: parity bytes a block and number of blocks, by level and version.
constexpr std::uint8_t kParity[4][40] = {
    {7,  10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
     28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
     26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28},
    {13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
     28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
     30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30}};
constexpr std::uint8_t kBlocks[4][40] = {
    {1, 1, 1, 1,  1,  2,  2,  2,  2,  4,  4,  4,  4,  4,  6,  6,  6,  6,  7,  8,
     8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25},
    {1,  1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,  9,  9,  10, 10, 11, 13, 14, 16,
     17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49},
    {1,  1,  2,  2,  4,  4,  6,  6,  8,  8,  8,  10, 12, 16, 12, 17, 16, 18, 21, 20,
     23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68},
    {1,  1,  2,  4,  4,  4,  5,  6,  8,  8,  11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
     25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81}};

class Drawing {
 public:
  explicit Drawing(int version) : size_(size_of(version)) {
    const auto count = static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_);
    plan_.fixed = {size_, std::vector<std::uint8_t>(count, 0)};
    plan_.roles.assign(count, Role::data);
    for (int i = 0; i < size_; ++i) {
      put(6, i, i % 2 == 0);
      put(i, 6, i % 2 == 0);
    }
    finder(3, 3);
    finder(3, size_ - 4);
    finder(size_ - 4, 3);
    alignments(version);
    for (int bit = 0; bit < 15; ++bit) {
      for (const auto& [row, column] : format_places(size_, bit)) mark(row, column, Role::format);
    }
    put(size_ - 8, 8, true);
    if (version >= 7) {
      for (int bit = 0; bit < 18; ++bit) {
        for (const auto& [row, column] : version_places(size_, bit)) {
          mark(row, column, Role::version_info);
        }
      }
    }
    walk(blocks_of(version, Level::L).total() * 8);
  }
  Plan take() { return std::move(plan_); }

 private:
  void mark(int row, int column, Role role) { plan_.roles[plan_.fixed.index(row, column)] = role; }
  void put(int row, int column, bool dark) {
    plan_.fixed.set(row, column, dark);
    mark(row, column, Role::fixed);
  }
  // With its separator, as far as it lies inside.
  void finder(int row, int column) {
    for (int r = row - 4; r <= row + 4; ++r) {
      for (int c = column - 4; c <= column + 4; ++c) {
        if (r < 0 || c < 0 || r >= size_ || c >= size_) continue;
        const int ring = std::max(std::abs(r - row), std::abs(c - column));
        put(r, c, ring != 2 && ring != 4);
      }
    }
  }
  void alignments(int version) {
    const std::vector<int> centres = alignment_centres(version);
    for (const int row : centres) {
      for (const int column : centres) {
        const bool in_finder = (row == 6 && column == 6) || (row == 6 && column == size_ - 7) ||
                               (row == size_ - 7 && column == 6);
        if (in_finder) continue;
        for (int r = -2; r <= 2; ++r) {
          for (int c = -2; c <= 2; ++c) {
            put(row + r, column + c, std::max(std::abs(r), std::abs(c)) != 1);
          }
        }
      }
    }
  }
  // Pairs of columns from the right, up and down in turn (7.7.3).
  void walk(int bits) {
    bool upwards = true;
    for (int right = size_ - 1; right > 0; right -= 2) {
      if (right == 6) --right;
      for (int step = 0; step < size_; ++step) {
        const int row = upwards ? size_ - 1 - step : step;
        for (const int column : {right, right - 1}) {
          const bool data = plan_.roles[plan_.fixed.index(row, column)] == Role::data;
          if (data && static_cast<int>(plan_.order.size()) < bits) {
            plan_.order.emplace_back(row, column);
          }
        }
      }
      upwards = !upwards;
    }
  }

  int size_;
  Plan plan_;
};

}  // namespace

std::optional<int> version_of_size(int size) {
  if (size < size_of(kMinVersion) || size > size_of(kMaxVersion) || size % 4 != 1) {
    return std::nullopt;
  }
  return (size - 17) / 4;
}

std::vector<int> alignment_centres(int version) {
  if (version == 1) return {};
  const int count = version / 7 + 2;
  const int step = version == 32 ? 26 : (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2;
  std::vector<int> centres(static_cast<std::size_t>(count), 6);
  int at = size_of(version) - 7;
  for (std::size_t i = centres.size() - 1; i > 0; --i, at -= step) centres[i] = at;
  return centres;
}

Blocks blocks_of(int version, Level level) {
  SCR_CHECK(version >= kMinVersion && version <= kMaxVersion);
  const auto l = static_cast<std::size_t>(level);
  const auto v = static_cast<std::size_t>(version - 1);
  // All modules less those with a duty of their own (7.1, table 1).
  int bits = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const int count = version / 7 + 2;
    bits -= (25 * count - 10) * count - 55;
    if (version >= 7) bits -= 36;
  }
  Blocks blocks;
  blocks.blocks = kBlocks[l][v];
  blocks.parity = kParity[l][v];
  const int codewords = bits / 8;
  blocks.data_codewords = codewords / blocks.blocks - blocks.parity;
  blocks.short_blocks = blocks.blocks - codewords % blocks.blocks;
  return blocks;
}

const Plan& plan_of(int version) {
  SCR_CHECK(version >= kMinVersion && version <= kMaxVersion);
  static std::array<std::once_flag, kMaxVersion> once;
  static std::array<Plan, kMaxVersion> plans;
  const auto at = static_cast<std::size_t>(version - 1);
  std::call_once(once[at], [&] { plans[at] = Drawing(version).take(); });
  return plans[at];
}

std::uint32_t format_bits(Level level, int mask) {
  // The two bits of a level: L 01, M 00, Q 11, H 10 (table 12).
  constexpr std::array<std::uint32_t, 4> kLevelBits{1, 0, 3, 2};
  const std::uint32_t data =
      kLevelBits[static_cast<std::size_t>(level)] << 3 | static_cast<std::uint32_t>(mask);
  std::uint32_t rest = data;
  for (int i = 0; i < 10; ++i) rest = (rest << 1) ^ ((rest >> 9) * 0x537u);
  return ((data << 10) | rest) ^ 0x5412u;
}

std::uint32_t version_bits(int version) {
  const auto data = static_cast<std::uint32_t>(version);
  std::uint32_t rest = data;
  for (int i = 0; i < 12; ++i) rest = (rest << 1) ^ ((rest >> 11) * 0x1F25u);
  return data << 12 | rest;
}

std::array<std::pair<int, int>, 2> format_places(int size, int bit) {
  // Around the top left finder, and along the other two (figure 25).
  std::pair<int, int> first;
  if (bit <= 5) {
    first = {bit, 8};
  } else if (bit == 6) {
    first = {7, 8};
  } else if (bit == 7) {
    first = {8, 8};
  } else if (bit == 8) {
    first = {8, 7};
  } else {
    first = {8, 14 - bit};
  }
  const std::pair<int, int> second =
      bit < 8 ? std::pair(8, size - 1 - bit) : std::pair(size - 15 + bit, 8);
  return {first, second};
}

std::array<std::pair<int, int>, 2> version_places(int size, int bit) {
  const int far = size - 11 + bit % 3;
  const int near = bit / 3;
  return {std::pair(near, far), std::pair(far, near)};
}

}  // namespace scr::qr
