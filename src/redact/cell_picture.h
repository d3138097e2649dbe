// SPDX-License-Identifier: Apache-2.0
//
// A picture as cells of 16 x 16 to 64 x 64 pixels, each of them some bytes that are the same for
// everybody: a JPEG's quantised coefficients, or pixels.
//
//   SCR_TRY(picture, CellPicture::open(file));    // in a worker: the bytes are a stranger's
//   picture.hide(mask);                           // hidden cells hold the filler
//   SCR_TRY(redacted, picture.file());
//
// Content of a leaf: docs/formats/redaction.md, "Cells". Pure; any thread.

#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "base/bytes.h"
#include "base/result.h"
#include "cells/commitment.h"
#include "cells/mask.h"
#include "image/image.h"
#include "redact/coefficients.h"
#include "redact/grid.h"

namespace scr::redact {

using cells::Kind;  // pixels are laid over white and 8 bits deep (picture/decode.h)

class CellPicture {
 public:
  // bad_input or unsupported if the file is no picture, is damaged or is too large.
  static Result<CellPicture> open(ByteView file);

  Kind kind() const {
    return std::holds_alternative<Coefficients>(picture_) ? Kind::jpeg : Kind::pixels;
  }
  const Grid& grid() const { return grid_; }
  std::uint32_t leaves() const { return 1 + grid_.cells(); }

  // Leaf 0: the picture's form; then the cells, row by row. In place of what `out` held. REQUIRES:
  // leaf < leaves().
  void content(std::uint32_t leaf, Bytes& out) const;

  // True if the cell holds nothing but what hide() puts there. REQUIRES: 1 <= leaf < leaves().
  bool is_filler(std::uint32_t leaf) const;
  // Fills the hidden cells: coefficients 0, pixels 128. REQUIRES: mask.last() < leaves().
  void hide(const cells::Mask& mask);

  // A file with nothing in it but the picture: JPEG of a JPEG, PNG of anything else.
  Result<std::string> file() const;
  // "jpg" or "png".
  const char* extension() const { return kind() == Kind::jpeg ? "jpg" : "png"; }

 private:
  CellPicture(std::variant<Coefficients, image::Rgb> picture, Grid grid)
      : picture_(std::move(picture)), grid_(grid) {}

  std::variant<Coefficients, image::Rgb> picture_;
  Grid grid_;
};

}  // namespace scr::redact
