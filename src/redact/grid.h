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

// Pixels of a cell's side: 16 in a picture of up to a million pixels, 32 up to five million, else
// 64. So a line of print can be hidden and the next one shown, and a proof stays small.
int cell_side(int width, int height);

struct Grid {
  int width = 0;  // pixels, as stored
  int height = 0;
  int cell_width = 64;
  int cell_height = 64;
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

// True if the shapes have a piece in common, and not only an edge.
bool overlap(const image::Quad& a, const image::Quad& b);

// All cells that a shape has a piece of. Shapes whose sides cross count as what is around them.
cells::Mask mask_of(const Grid& grid, const std::vector<image::Quad>& shapes);

// The hidden cells that a shape has a piece of.
std::vector<std::uint32_t> touched(const Grid& grid, const cells::Mask& mask,
                                   const std::vector<image::Quad>& shapes);

}  // namespace scr::redact
