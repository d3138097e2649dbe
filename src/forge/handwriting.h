// SPDX-License-Identifier: Apache-2.0
//
// Digits as if written by hand: an invented hand for each sheet, a little different every time. No
// real handwriting is behind it.
//
// One thread at a time for each object.

#pragma once

#include <string>
#include <vector>

#include "forge/chance.h"
#include "forge/stroke.h"

namespace scr::forge {

class Hand {
 public:
  explicit Hand(Chance& chance);

  // One digit into a box, in dots: somewhere about its middle, now and then over its edge.
  std::vector<Stroke> digit(char digit, image::Point top_left, double width, double height,
                            Chance& chance) const;

 private:
  double slant_;  // dots aside for each dot up
  double size_;   // of the box's height
  double wobble_;
  double pen_;  // dots
  bool crossed_seven_;
  bool open_four_;
  bool hooked_one_;
  std::uint8_t red_, green_, blue_;
};

// 408 -> "CUATROCIENTOS OCHO". REQUIRES: number < 1'000'000.
std::string in_spanish(std::uint64_t number);

}  // namespace scr::forge
