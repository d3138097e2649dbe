// SPDX-License-Identifier: Apache-2.0
//
// Letters as a thermal printer makes them: dots that are black or not.
//
// One thread at a time for each object.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace scr::forge {

struct Glyph {
  int width = 0;
  int height = 0;
  int left = 0;             // dots from the pen to the first column
  int above = 0;            // dots from the base line up to the first row
  std::vector<bool> black;  // row by row
};

class Font {
 public:
  // A TrueType or OpenType file of letters of one width. not_found or bad_input.
  static Result<Font> load(const std::string& file);
  Font(Font&&) noexcept;
  Font& operator=(Font&&) noexcept;
  ~Font();

  // Dots from one letter to the next when letters are `height` dots high.
  int advance(int height) const;
  Glyph glyph(char32_t letter, int height) const;

 private:
  struct Face;
  explicit Font(std::unique_ptr<Face> face);
  std::unique_ptr<Face> face_;
};

}  // namespace scr::forge
