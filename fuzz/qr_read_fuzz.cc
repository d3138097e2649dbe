// SPDX-License-Identifier: Apache-2.0
// rooms: qr
//
// Any pixels: no crash, nothing endless; what is read can be drawn.

#include <cstdint>
#include <cstdlib>

#include "qr/read.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  scr::image::Gray picture;
  picture.width = 1 + data[0];
  const std::size_t rows = (size - 1) / static_cast<std::size_t>(picture.width);
  picture.height = static_cast<int>(rows);
  picture.pixels.assign(data + 1, data + 1 + rows * static_cast<std::size_t>(picture.width));
  for (const scr::qr::Symbol& symbol : scr::qr::read(picture).symbols) {
    if (symbol.margin < 3) std::abort();
  }
  return 0;
}
