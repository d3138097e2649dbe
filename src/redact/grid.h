// SPDX-License-Identifier: Apache-2.0
//
// Where the cells of a picture lie, and which of them a shape touches. Shapes are in pixels of the
// picture as people see it, turned as its file says; cells are counted in the picture as stored.
//
//   Mask mask = mask_of(grid, {signature, name});
//   if (!touched(grid, mask, {code}).empty()) ...refuse
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <vector>

#include "cells/mask.h"
#include "image/image.h"

namespace scr::redact {

inline constexpr int kCellSide = 64;  // pixels; less where units of coding do not fit

struct Grid {
  int width = 0;  // pixels, as stored
  int height = 0;
  int cell_width = kCellSide;
  int cell_height = kCellSide;
  int orientation = 1;  // of EXIF

  int columns() const { return (width + cell_width - 1) / cell_width; }
  int rows() const { return (height + cell_height - 1) / cell_height; }
  std::uint32_t cells() const {
    return static_cast<std::uint32_t>(columns()) * static_cast<std::uint32_t>(rows());
  }
  // Of the picture as people see it.
  int upright_width() const { return orientation >= 5 ? height : width; }
  int upright_height() const { return orientation >= 5 ? width : height; }

  friend bool operator==(const Grid&, const Grid&) = default;
};

// A part of the picture as stored; right and foot are outside.
struct Box {
  int left = 0;
  int top = 0;
  int right = 0;
  int foot = 0;
};

// The cell of leaf `leaf`, within the picture. REQUIRES: 1 <= leaf <= grid.cells().
Box box_of(const Grid& grid, std::uint32_t leaf);
// The same as people see it: left <= right, top <= foot.
Box upright_box_of(const Grid& grid, std::uint32_t leaf);

// All cells that a shape has a piece of. Shapes whose sides cross count as what is around them.
cells::Mask mask_of(const Grid& grid, const std::vector<image::Quad>& shapes);

// The hidden cells that a shape has a piece of.
std::vector<std::uint32_t> touched(const Grid& grid, const cells::Mask& mask,
                                   const std::vector<image::Quad>& shapes);

}  // namespace scr::redact
