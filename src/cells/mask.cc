// SPDX-License-Identifier: Apache-2.0
#include "cells/mask.h"

#include <algorithm>
#include <optional>

#include "base/check.h"
#include "base/decimal.h"

namespace scr::cells {
namespace {

constexpr std::string_view kNone = "none";

std::optional<Mask::Range> range_in(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = parse_decimal(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parse_decimal(text.substr(dash + 1));
  if (!first || !last || *first == 0 || *last >= Mask::kMostLeaves) return std::nullopt;
  // "5-5" would be a second spelling of "5".
  const bool sound = dash == std::string_view::npos || *first < *last;
  if (!sound) return std::nullopt;
  return Mask::Range{static_cast<std::uint32_t>(*first), static_cast<std::uint32_t>(*last)};
}

}  // namespace

Mask Mask::of(std::vector<std::uint32_t> leaves) {
  std::sort(leaves.begin(), leaves.end());
  Mask mask;
  for (const std::uint32_t leaf : leaves) {
    SCR_CHECK(leaf >= 1 && leaf < kMostLeaves);
    if (!mask.ranges_.empty() && leaf <= mask.ranges_.back().last + 1) {
      mask.ranges_.back().last = leaf;
    } else {
      mask.ranges_.push_back({leaf, leaf});
    }
  }
  return mask;
}

Result<Mask> Mask::parse(std::string_view text) {
  Mask mask;
  if (text.size() > kMostBytes) {
    return fail(ErrorCode::bad_input, "the mask is in too many pieces: over 12 KiB", "mask");
  }
  if (text == kNone) return mask;
  while (true) {
    const std::size_t space = text.find(' ');
    const auto range = range_in(text.substr(0, space));
    const bool behind =
        range && (mask.ranges_.empty() || range->first > mask.ranges_.back().last + 1);
    if (!behind) {
      return fail(ErrorCode::bad_input,
                  "not ascending ranges of cells, as in \"17-18 88\", nor \"none\"", "mask");
    }
    mask.ranges_.push_back(*range);
    if (space == std::string_view::npos) return mask;
    text.remove_prefix(space + 1);
  }
}

std::string Mask::text() const {
  if (ranges_.empty()) return std::string(kNone);
  std::string text;
  for (const Range& range : ranges_) {
    if (!text.empty()) text += ' ';
    text += std::to_string(range.first);
    if (range.last > range.first) text += '-' + std::to_string(range.last);
  }
  return text;
}

bool Mask::hides(std::uint32_t leaf) const {
  return hides_any(leaf, leaf + 1);
}

// Ranges have gaps between them, so one of them holds all or none does.
bool Mask::hides_all(std::uint32_t first, std::uint32_t last) const {
  const auto range = std::partition_point(ranges_.begin(), ranges_.end(),
                                          [&](const Range& r) { return r.last < first; });
  return range != ranges_.end() && range->first <= first && last <= range->last + 1;
}

bool Mask::hides_any(std::uint32_t first, std::uint32_t last) const {
  const auto range = std::partition_point(ranges_.begin(), ranges_.end(),
                                          [&](const Range& r) { return r.last < first; });
  return range != ranges_.end() && range->first < last;
}

std::uint32_t Mask::count() const {
  std::uint32_t sum = 0;
  for (const Range& range : ranges_) sum += range.last - range.first + 1;
  return sum;
}

}  // namespace scr::cells
