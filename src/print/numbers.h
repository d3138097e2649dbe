// SPDX-License-Identifier: Apache-2.0
//
// The numbers of a printed sheet whose rows are placed.
//
// Pure; any thread.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "image/image.h"
#include "print/digits.h"
#include "print/layout.h"
#include "print/rails.h"

namespace scr::print {

inline constexpr std::size_t kMostDigits = 4;

struct NumberReading {
  std::array<LogShares, kMostDigits> cells{};  // from the last digit leftwards
  std::uint64_t value = 0;                     // the likeliest
  double odds = 0;  // natural logarithm: how many times likelier than any other number; >= 0

  // Natural logarithm of the belief in `number`; very low if it has more than kMostDigits.
  double belief(std::uint64_t number) const;
  // The likeliest numbers, best first, at most `most`.
  std::vector<std::uint64_t> likeliest(std::size_t most) const;
};

// How light the paper and how dark the print is about the end of a row.
struct RowLevels {
  float paper = 255;
  float contrast = 100;  // paper less print
};

// Reads the rows with numbers of one sheet; keeps a reference to the picture.
class NumberReader {
 public:
  // `focus`: what the print is taken to be; all is read so. REQUIRES: placement of this layout.
  NumberReader(const image::Gray& picture, const Layout& layout, const Placement& placement,
               Focus focus);

  std::size_t size() const { return rows_.size(); }
  // The i-th row with a number, from the top.
  NumberReading read(std::size_t i) const;
  // The same from nine places about it, the mean of what they say: what is read by accident,
  // because the row lies a little aside or something lies across it, changes from one to the next.
  NumberReading read_carefully(std::size_t i) const;
  // False where the paper about a number of so many digits is not of one brightness, but for what
  // changes evenly from side to side: the edge of a shadow, a fold or a stain goes through it, and
  // what it leaves of a digit may look like another.
  bool on_even_paper(std::size_t i, std::size_t digits) const;

 private:
  struct Offset {
    double aside = 0;  // dots
    double lower = 0;
  };
  NumberReading read_at(std::size_t i, Offset offset) const;
  Offset find_offset() const;

  const image::Gray& picture_;
  double letter_;
  Focus focus_;
  std::vector<PlacedRow> rows_;
  std::vector<RowLevels> levels_;
  Offset offset_;
};

// What the reader and its training look at.
RowLevels levels_of(const image::Gray& picture, const PlacedRow& row, double letter);

// The cell of the digit that is `place` letters from the end (0: the last), moved by `aside` and
// `lower` dots; wider and taller for print that is blurred.
Cell cell_of(const image::Gray& picture, const PlacedRow& row, const RowLevels& levels,
             double letter, int place, double aside, double lower, Focus focus);

}  // namespace scr::print
