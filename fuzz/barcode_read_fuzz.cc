// SPDX-License-Identifier: Apache-2.0
// rooms: barcode
//
// The first byte: how wide; the others: pixels, each a row of eight modules of three pixels.

#include <cstdint>
#include <cstdlib>

#include "barcode/read.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr int kModule = 3;
  if (size < 2 || size > 2000) return 0;
  const int columns = 1 + data[0] % 16;  // of eight modules
  const int rows = static_cast<int>(size - 1) / columns;
  scr::image::Gray picture = scr::image::white((columns * 8 + 8) * kModule, (rows + 8) * kModule);
  for (int row = 0; row < rows; ++row) {
    for (int bit = 0; bit < columns * 8; ++bit) {
      const int byte = data[1 + row * columns + bit / 8];
      if ((byte >> (7 - bit % 8) & 1) == 0) continue;
      for (int y = 0; y < kModule; ++y) {
        for (int x = 0; x < kModule; ++x)
          picture.at((bit + 4) * kModule + x, (row + 4) * kModule + y) = 0;
      }
    }
  }
  const auto codes = scr::barcode::read(picture, scr::barcode::kAll);
  if (codes.size() > 8) std::abort();
  return 0;
}
