// SPDX-License-Identifier: Apache-2.0
//
// How the bytes of the blocks of a symbol take turns (ISO/IEC 18004, 7.6).

#pragma once

#include <vector>

#include "qr/code.h"

namespace scr::qr {

inline int data_length(const Blocks& layout, int block) {
  return layout.data_codewords + (block >= layout.short_blocks ? 1 : 0);
}

// Of the i-th codeword of the symbol: which byte of which block (data, then parity) it is.
struct Place {
  int block = 0;
  int index = 0;
};
std::vector<Place> interleaving(const Blocks& layout);

}  // namespace scr::qr
