// SPDX-License-Identifier: Apache-2.0
#include "redact/cell_picture.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <utility>

#include "base/check.h"
#include "picture/decode.h"
#include "picture/encode.h"
#include "picture/format.h"

namespace scr::redact {
namespace {

constexpr std::uint8_t kGreyPixel = 128;

// The most whole units of coding that fit into a cell's side; at least one.
int side_of(int side, int unit) {
  return std::max(1, side / unit) * unit;
}

Grid grid_of(const Coefficients& picture) {
  const int side = cell_side(picture.width, picture.height);
  return {picture.width, picture.height, side_of(side, 8 * picture.across()),
          side_of(side, 8 * picture.down()), picture.orientation};
}

// The blocks of a component that belong to a cell; right and foot are outside.
Box blocks_of(const Coefficients& picture, const Component& component, const Grid& grid,
              std::uint32_t leaf) {
  const int cell = static_cast<int>(leaf - 1);
  const int across = grid.cell_width / (8 * picture.across()) * component.across;
  const int down = grid.cell_height / (8 * picture.down()) * component.down;
  const int left = cell % grid.columns() * across;
  const int top = cell / grid.columns() * down;
  return {std::min(left, component.columns), std::min(top, component.rows),
          std::min(left + across, component.columns), std::min(top + down, component.rows)};
}

std::string form_of(const Coefficients& picture, const Grid& grid) {
  std::string text = "scrutineer/cells@v1\njpeg " + std::to_string(picture.width) + ' ' +
                     std::to_string(picture.height) + "\norientation " +
                     std::to_string(picture.orientation) + "\ncell " +
                     std::to_string(grid.cell_width) + ' ' + std::to_string(grid.cell_height) +
                     "\ncolours " + name_of(picture.colours) + '\n';
  for (const Component& component : picture.components) {
    text += "component " + std::to_string(component.across) + ' ' + std::to_string(component.down);
    for (const std::uint16_t step : component.quantisation) text += ' ' + std::to_string(step);
    text += '\n';
  }
  return text;
}

std::string form_of(const image::Rgb& picture, const Grid& grid) {
  return "scrutineer/cells@v1\npixels " + std::to_string(picture.width) + ' ' +
         std::to_string(picture.height) + "\ncell " + std::to_string(grid.cell_width) + ' ' +
         std::to_string(grid.cell_height) + '\n';
}

std::byte* grown(Bytes& out, std::size_t by) {
  out.resize(out.size() + by);
  return out.data() + out.size() - by;
}

void append_highest_first(const std::int16_t* from, std::size_t count, Bytes& out) {
  std::byte* to = grown(out, 2 * count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto value = static_cast<std::uint16_t>(from[i]);
    const auto turned = static_cast<std::uint16_t>(value << 8 | value >> 8);
    std::memcpy(to + 2 * i, &turned, 2);
  }
}

// Calls `with(first value, count)` for each row of the cell, component after component.
void for_rows(const Coefficients& picture, const Grid& grid, std::uint32_t leaf, const auto& with) {
  for (const Component& component : picture.components) {
    const Box blocks = blocks_of(picture, component, grid, leaf);
    const auto count = static_cast<std::size_t>(blocks.right - blocks.left) * kBlock;
    for (int row = blocks.top; row < blocks.foot && count > 0; ++row)
      with(component.block(blocks.left, row), count);
  }
}

void for_rows(const image::Rgb& picture, const Grid& grid, std::uint32_t leaf, const auto& with) {
  const Box box = box_of(grid, leaf);
  const auto stride = static_cast<std::size_t>(picture.width) * 3;
  for (int row = box.top; row < box.foot; ++row) {
    with(picture.pixels.data() + static_cast<std::size_t>(row) * stride +
             static_cast<std::size_t>(box.left) * 3,
         static_cast<std::size_t>(box.right - box.left) * 3);
  }
}

// What a hidden cell holds everywhere.
std::int16_t filler_of(const Coefficients&) {
  return 0;
}
std::uint8_t filler_of(const image::Rgb&) {
  return kGreyPixel;
}

void append_row(const std::int16_t* from, std::size_t count, Bytes& out) {
  append_highest_first(from, count, out);
}
void append_row(const std::uint8_t* from, std::size_t count, Bytes& out) {
  std::memcpy(grown(out, count), from, count);
}

Error error_of(const picture::Refused& refused) {
  const bool large = refused.refusal == picture::Refusal::too_large;
  return {large ? ErrorCode::unsupported : ErrorCode::bad_input,
          std::string(picture::name_of(refused.refusal)) + ": " + refused.why,
          {}};
}

}  // namespace

Result<CellPicture> CellPicture::open(ByteView file) {
  if (picture::format_of(file) == picture::Format::jpeg) {
    SCR_TRY(picture, read_coefficients(file));
    const Grid grid = grid_of(picture);
    return CellPicture(std::move(picture), grid);
  }
  auto picture = picture::decode_rgb(file, {.pixels = 100'000'000});
  if (!picture) return tl::unexpected(error_of(picture.error()));
  const int side = cell_side(picture->width, picture->height);
  const Grid grid{picture->width, picture->height, side, side};
  return CellPicture(std::move(*picture), grid);
}

void CellPicture::content(std::uint32_t leaf, Bytes& out) const {
  SCR_CHECK(leaf < leaves());
  out.clear();
  std::visit(
      [&](const auto& picture) {
        if (leaf == 0) {
          const std::string form = form_of(picture, grid_);
          std::memcpy(grown(out, form.size()), form.data(), form.size());
        } else {
          for_rows(picture, grid_, leaf,
                   [&](const auto* from, std::size_t count) { append_row(from, count, out); });
        }
      },
      picture_);
}

bool CellPicture::is_filler(std::uint32_t leaf) const {
  SCR_CHECK(leaf >= 1 && leaf < leaves());
  bool all = true;
  std::visit(
      [&](const auto& picture) {
        for_rows(picture, grid_, leaf, [&](const auto* from, std::size_t count) {
          all = all && std::all_of(from, from + count,
                                   [&](auto value) { return value == filler_of(picture); });
        });
      },
      picture_);
  return all;
}

void CellPicture::hide(const cells::Mask& mask) {
  SCR_CHECK(mask.last() < leaves());
  std::visit(
      [&](auto& picture) {
        for (const cells::Mask::Range& range : mask.ranges()) {
          for (std::uint32_t leaf = range.first; leaf <= range.last; ++leaf) {
            for_rows(picture, grid_, leaf, [&](const auto* from, std::size_t count) {
              using Value = std::remove_cvref_t<decltype(*from)>;
              std::fill_n(const_cast<Value*>(from), count, filler_of(picture));
            });
          }
        }
      },
      picture_);
}

Result<std::string> CellPicture::file() const {
  if (const auto* coefficients = std::get_if<Coefficients>(&picture_))
    return write_coefficients(*coefficients);
  try {
    return picture::encode_png(std::get<image::Rgb>(picture_), picture::Packing::quick);
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::io, "not enough memory to write the picture");
  }
}

}  // namespace scr::redact
