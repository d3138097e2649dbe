// SPDX-License-Identifier: Apache-2.0
#include "likeness/fingerprint.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <vector>

#include "base/check.h"

namespace scr::likeness {
namespace {

constexpr int kCells = 64;  // a side
// Lines of pixels that a cell's mean looks at, at least, where there are as many: of scans most
// lines say what their neighbours say.
constexpr int kLines = 8;
// Of the transform: coefficients kFirst .. kFirst + kSide - 1, across and down.
constexpr int kFirst = 4;
constexpr int kSide = 16;

// round(4096 cos(i pi / 128)), i = 0 .. 64: a quarter of the wave in steps of half a cell.
constexpr std::array<std::int32_t, 65> kQuarter{
    4096, 4095, 4091, 4085, 4076, 4065, 4052, 4036, 4017, 3996, 3973, 3948, 3920,
    3889, 3857, 3822, 3784, 3745, 3703, 3659, 3612, 3564, 3513, 3461, 3406, 3349,
    3290, 3229, 3166, 3102, 3035, 2967, 2896, 2824, 2751, 2675, 2598, 2520, 2440,
    2359, 2276, 2191, 2106, 2019, 1931, 1842, 1751, 1660, 1567, 1474, 1380, 1285,
    1189, 1092, 995,  897,  799,  700,  601,  501,  401,  301,  201,  101,  0};

// 4096 cos(i pi / 128) for any i >= 0.
constexpr std::int32_t cosine(int i) {
  i %= 256;
  if (i > 128) i = 256 - i;
  return i <= 64 ? kQuarter[static_cast<std::size_t>(i)]
                 : -kQuarter[static_cast<std::size_t>(128 - i)];
}

// For each cell what it counts in each coefficient. Whole numbers all, and so are the sums, below
// 2^53: exact as doubles, in whatever order they are added, and several side by side.
using Waves = std::array<std::array<double, kSide>, kCells>;
constexpr Waves kWaves = [] {
  Waves waves{};
  for (int cell = 0; cell < kCells; ++cell) {
    for (int k = 0; k < kSide; ++k) {
      waves[static_cast<std::size_t>(cell)][static_cast<std::size_t>(k)] =
          cosine((kFirst + k) * (2 * cell + 1));
    }
  }
  return waves;
}();

using Cells = std::array<std::int64_t, static_cast<std::size_t>(kCells) * kCells>;

// The rows that lie wholly in a cell, which are nearly all: without a multiplication each, and in
// sums so small that eight fit side by side.
constexpr std::uint64_t kMostRows = 257;  // times 255 is the most that 16 bits hold
void add_row(std::vector<std::uint16_t>& sums, const std::uint8_t* row) {
  std::uint16_t* sum = sums.data();
  for (std::size_t x = 0; x < sums.size(); ++x)
    sum[x] = static_cast<std::uint16_t>(sum[x] + row[x]);
}

template <class Pixel>
void add(std::vector<std::uint32_t>& sums, const Pixel* row, std::uint32_t weight) {
  for (std::size_t x = 0; x < sums.size(); ++x) sums[x] += weight * row[x];
}

// The means of 64 pieces of a row of sums, each exactly as wide: pixels that lie in two count in
// both by their share. `scale`: what a sum of one pixel stands for.
void across(const std::vector<std::uint32_t>& sums, std::uint64_t scale, std::int64_t* cells) {
  const auto width = static_cast<std::uint64_t>(sums.size());
  for (std::uint64_t i = 0; i < kCells; ++i) {
    // In units of a 64th of a pixel: a cell has `width` of them, a pixel 64.
    const std::uint64_t begin = i * width;
    const std::uint64_t end = begin + width;
    const std::uint64_t first = begin / kCells;
    const std::uint64_t last = (end - 1) / kCells;
    std::uint64_t sum = 0;
    for (std::uint64_t x = first; x <= last; ++x) sum += sums[static_cast<std::size_t>(x)];
    sum *= kCells;
    // Of the first and the last pixel a part belongs to others.
    sum -= (begin - first * kCells) * sums[static_cast<std::size_t>(first)];
    sum -= ((last + 1) * kCells - end) * sums[static_cast<std::size_t>(last)];
    cells[i] = static_cast<std::int64_t>(sum * 256 / (width * scale));
  }
}

// Mean brightness times 256 of 64 x 64 cells, over every n-th line of pixels of a tall picture.
Cells cells_of(const image::Gray& picture) {
  Cells cells;
  const int every = std::max(1, picture.height / (kCells * kLines));
  const auto height = static_cast<std::uint64_t>(picture.height / every);
  const auto width = static_cast<std::size_t>(picture.width);
  const auto line = [&](std::uint64_t y) {
    return picture.pixels.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(every) +
                                    static_cast<std::size_t>(every / 2)) *
                                       width;
  };
  std::vector<std::uint32_t> sums(width);
  std::vector<std::uint16_t> wholly(width);
  std::uint64_t rows = 0;  // in `wholly`
  const auto flush = [&] {
    add(sums, wholly.data(), kCells);
    std::fill(wholly.begin(), wholly.end(), std::uint16_t{0});
    rows = 0;
  };
  for (std::uint64_t j = 0; j < kCells; ++j) {
    std::fill(sums.begin(), sums.end(), 0);
    const std::uint64_t begin = j * height;
    const std::uint64_t end = begin + height;
    for (std::uint64_t y = begin / kCells; y * kCells < end; ++y) {
      const std::uint64_t from = std::max(begin, y * kCells);
      const std::uint64_t to = std::min(end, (y + 1) * kCells);
      const std::uint8_t* row = line(y);
      if (to - from == kCells) {
        add_row(wholly, row);
        if (++rows == kMostRows) flush();
      } else {
        add(sums, row, static_cast<std::uint32_t>(to - from));
      }
    }
    flush();
    across(sums, height, cells.data() + j * kCells);
  }
  return cells;
}

}  // namespace

int Fingerprint::distance(const Fingerprint& other) const {
  int bits = 0;
  for (std::size_t i = 0; i < words.size(); ++i) bits += std::popcount(words[i] ^ other.words[i]);
  return bits;
}

std::string Fingerprint::hex() const {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint64_t word : words) {
    for (int shift = 60; shift >= 0; shift -= 4) text += kDigits[(word >> shift) & 15];
  }
  return text;
}

std::optional<Fingerprint> Fingerprint::from_hex_text(std::string_view text) {
  if (text.size() != kBits / 4) return std::nullopt;
  Fingerprint print;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (c < 'a' || c > 'f')) return std::nullopt;
    const auto value = static_cast<std::uint64_t>(digit ? c - '0' : c - 'a' + 10);
    print.words[i / 16] = print.words[i / 16] << 4 | value;
  }
  return print;
}

Fingerprint fingerprint_of(const image::Gray& picture) {
  SCR_CHECK(!picture.empty());
  const Cells cells = cells_of(picture);
  // Across first; at most 2^16 * 2^12 * 64 = 2^34, and 2^52 after both.
  std::array<std::array<double, kSide>, kSide> sums{};  // down, across
  for (std::size_t y = 0; y < kCells; ++y) {
    std::array<double, kSide> row{};
    for (std::size_t x = 0; x < kCells; ++x) {
      const auto cell = static_cast<double>(cells[y * kCells + x]);
      for (std::size_t u = 0; u < kSide; ++u) row[u] += cell * kWaves[x][u];
    }
    for (std::size_t v = 0; v < kSide; ++v) {
      for (std::size_t u = 0; u < kSide; ++u) sums[v][u] += row[u] * kWaves[y][v];
    }
  }
  Fingerprint print;
  for (std::size_t bit = 0; bit < kBits; ++bit) {
    if (sums[bit / kSide][bit % kSide] > 0)
      print.words[bit / 64] |= std::uint64_t{1} << (63 - bit % 64);
  }
  return print;
}

}  // namespace scr::likeness
