// SPDX-License-Identifier: Apache-2.0
//
// A sheet laid flat as far as its code tells, coarse: how much darker than its surroundings each
// spot is. Coordinates in dots from the centre of the code, x to the right, y down (so what is
// above the code has y < 0).

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "image/image.h"

namespace scr::print {

class Ink {
 public:
  // A cell, dots.
  static constexpr double kWide = 4;
  static constexpr double kTall = 3;

  // `across`, `down`: pixels of one dot. The part of the sheet that is looked at, in dots.
  struct Part {
    double left, top, right, foot;
  };
  Ink(const image::Gray& picture, image::Point centre, image::Point across, image::Point down,
      const Part& part);

  // Mean ink in a box, dots; parts outside count as nothing. About -1 .. 1.
  float box(double left, double top, double right, double foot) const;

  image::Point in_picture(double x, double y) const {
    return {centre_.x + across_.x * x + down_.x * y, centre_.y + across_.y * x + down_.y * y};
  }
  // A box of whole cells about the corner between cells that lies nearest to a point.
  struct Cells {
    int left, top, right, foot;  // cells from that corner
  };
  static Cells cells(double left, double top, double right, double foot);
  // Sums of ink over boxes about the corners between cells of one line, from `column` on, each
  // times its weight, added up: for maps of the whole sheet. Outside counts as nothing.
  struct Weighed {
    Cells box;
    float weight;
  };
  void weigh_line(int line, int column, std::span<const Weighed> boxes, std::span<float> out) const;
  int column_of(double x) const;
  int line_of(double y) const;

  double top() const { return top_; }
  double foot() const { return top_ + rows_ * kTall; }
  double left() const { return left_; }
  double right() const { return left_ + columns_ * kWide; }

 private:
  image::Point centre_;
  image::Point across_;
  image::Point down_;
  double left_;
  double top_;
  int columns_;
  int rows_;
  // (rows + 1) * (columns + 1), in kParts of full ink.
  std::vector<std::int32_t, image::Unset<std::int32_t>> sums_;
};

}  // namespace scr::print
