// SPDX-License-Identifier: Apache-2.0
#include "forge/font.h"

#include <utility>

#include <ft2build.h>
#include FT_FREETYPE_H

namespace scr::forge {

struct Font::Face {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  ~Face() {
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
};

Font::Font(std::unique_ptr<Face> face) : face_(std::move(face)) {}
Font::Font(Font&&) noexcept = default;
Font& Font::operator=(Font&&) noexcept = default;
Font::~Font() = default;

Result<Font> Font::load(const std::string& file) {
  auto face = std::make_unique<Face>();
  if (FT_Init_FreeType(&face->library) != 0) return fail(ErrorCode::io, "FreeType does not start");
  if (FT_New_Face(face->library, file.c_str(), 0, &face->face) != 0) {
    return fail(ErrorCode::not_found, "is no font that can be read; Debian: fonts-dejavu-core",
                file);
  }
  return Font(std::move(face));
}

int Font::advance(int height) const {
  FT_Set_Pixel_Sizes(face_->face, 0, static_cast<FT_UInt>(height));
  if (FT_Load_Char(face_->face, '0', FT_LOAD_TARGET_MONO) != 0) return height / 2;
  return static_cast<int>(face_->face->glyph->advance.x >> 6);
}

Glyph Font::glyph(char32_t letter, int height) const {
  FT_Set_Pixel_Sizes(face_->face, 0, static_cast<FT_UInt>(height));
  Glyph glyph;
  if (FT_Load_Char(face_->face, letter, FT_LOAD_RENDER | FT_LOAD_TARGET_MONO) != 0) return glyph;
  const FT_GlyphSlot slot = face_->face->glyph;
  glyph.width = static_cast<int>(slot->bitmap.width);
  glyph.height = static_cast<int>(slot->bitmap.rows);
  glyph.left = slot->bitmap_left;
  glyph.above = slot->bitmap_top;
  for (int row = 0; row < glyph.height; ++row) {
    const unsigned char* bits = slot->bitmap.buffer + row * slot->bitmap.pitch;
    for (int column = 0; column < glyph.width; ++column) {
      glyph.black.push_back((bits[column / 8] >> (7 - column % 8) & 1) != 0);
    }
  }
  return glyph;
}

}  // namespace scr::forge
