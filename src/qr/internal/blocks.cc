// SPDX-License-Identifier: Apache-2.0
#include "qr/internal/blocks.h"

namespace scr::qr {

std::vector<Place> interleaving(const Blocks& layout) {
  std::vector<Place> places;
  places.reserve(static_cast<std::size_t>(layout.total()));
  for (int i = 0; i <= layout.data_codewords; ++i) {
    for (int block = 0; block < layout.blocks; ++block) {
      if (i < data_length(layout, block)) places.push_back({block, i});
    }
  }
  for (int i = 0; i < layout.parity; ++i) {
    for (int block = 0; block < layout.blocks; ++block) {
      places.push_back({block, data_length(layout, block) + i});
    }
  }
  return places;
}

}  // namespace scr::qr
