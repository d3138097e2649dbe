// SPDX-License-Identifier: Apache-2.0
// rooms: boxes
//
// Any pixels, and a code that lies anywhere, aslant or folded over: nothing endless, and what is
// placed are as many boxes as the layout has, at places that are numbers.

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "boxes/place.h"

namespace {

scr::boxes::Layout layout() {
  scr::boxes::Layout form{100, 160, {80, 15, 90, 25}, {}, {}};
  for (int i = 0; i < 3; ++i) {
    const double top = 60 + 12.0 * i;
    form.rows.push_back({{40, top, 61, top + 10}, 3, scr::boxes::Part{63, top, 95, top + 10}});
  }
  form.frames = {{5, 45, 35, 52}, {40, 45, 61, 52}, {5, 120, 95, 130}};
  return form;
}

void check(const std::optional<scr::boxes::Placement>& placed, const scr::boxes::Layout& form) {
  if (!placed) return;
  if (placed->rows.size() != form.rows.size() || !std::isfinite(placed->clarity)) std::abort();
  for (const scr::boxes::PlacedRow& row : placed->rows) {
    if (row.boxes.size() != 3 || !row.words) std::abort();
    for (const scr::image::Quad& box : row.boxes) {
      for (const scr::image::Point& corner : box) {
        if (!std::isfinite(corner.x) || !std::isfinite(corner.y)) std::abort();
      }
    }
  }
}

}  // namespace

// One byte for the width, eight for the code's corners, then pixels.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kHead = 9;
  if (size <= kHead) return 0;
  scr::image::Gray picture;
  picture.width = 1 + data[0] % 160;
  const std::size_t rows = (size - kHead) / static_cast<std::size_t>(picture.width);
  if (rows < 1 || rows > 300) return 0;
  picture.height = static_cast<int>(rows);
  picture.pixels.assign(data + kHead,
                        data + kHead + rows * static_cast<std::size_t>(picture.width));
  scr::image::Quad code;
  for (std::size_t i = 0; i < 4; ++i)
    code[i] = {data[1 + 2 * i] / 200.0 * picture.width, data[2 + 2 * i] / 200.0 * picture.height};
  static const scr::boxes::Layout kForm = layout();
  check(place_by_code(picture, code, kForm), kForm);
  check(place_by_page(picture, kForm), kForm);
  return 0;
}
