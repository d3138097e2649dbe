// SPDX-License-Identifier: Apache-2.0
//
// Which cells of a picture are hidden: leaves of its hash tree (tree.h), cell 1 being the top left
// one. Leaf 0 is the picture's form, and is never hidden.
//
//   Mask mask = Mask::of({17, 18, 88});
//   mask.text();                            // "17-18 88"
//   SCR_TRY(same, Mask::parse("17-18 88"));
//
// Format: docs/formats/redaction.md, "Mask". A value; any thread.

#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace scr::cells {

class Mask {
 public:
  // A picture has no more leaves: at 64 x 64 pixels a cell, four thousand million pixels.
  static constexpr std::uint32_t kMostLeaves = 1u << 20;
  // What fits into an entry of the log.
  static constexpr std::size_t kMostBytes = 12 * 1024;

  struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;  // hidden too; >= first

    friend auto operator<=>(const Range&, const Range&) = default;
  };

  Mask() = default;  // nothing is hidden
  // In any order, also doubled. REQUIRES: each from 1 to below kMostLeaves.
  static Mask of(std::vector<std::uint32_t> leaves);

  // Ascending ranges with a gap between them, "none" if there are none; one spelling only.
  // bad_input otherwise, or if it is longer than kMostBytes.
  static Result<Mask> parse(std::string_view text);
  std::string text() const;

  const std::vector<Range>& ranges() const { return ranges_; }
  bool hides(std::uint32_t leaf) const;
  // Of the leaves first .. last - 1.
  bool hides_all(std::uint32_t first, std::uint32_t last) const;
  bool hides_any(std::uint32_t first, std::uint32_t last) const;
  std::uint32_t count() const;
  std::uint32_t last() const { return ranges_.empty() ? 0 : ranges_.back().last; }

  friend bool operator==(const Mask&, const Mask&) = default;

 private:
  std::vector<Range> ranges_;
};

}  // namespace scr::cells
