// SPDX-License-Identifier: Apache-2.0
#include "barcode/draw.h"

#include <exception>

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include "barcode/internal/known.h"

namespace scr::barcode {
namespace {

// The part of the drawing between its first and last black modules.
struct Span {
  int first = 0;
  int last = -1;

  int size() const { return last - first + 1; }
};

Span black_of(int size, const auto& is_black) {
  Span span{size, -1};
  for (int i = 0; i < size; ++i) {
    if (!is_black(i)) continue;
    span.first = std::min(span.first, i);
    span.last = i;
  }
  return span;
}

image::Gray enlarged(const ZXing::BitMatrix& bits, bool linear, int module, int height) {
  const Span columns = black_of(bits.width(), [&](int x) {
    for (int y = 0; y < bits.height(); ++y) {
      if (bits.get(x, y)) return true;
    }
    return false;
  });
  const Span rows = black_of(bits.height(), [&](int y) {
    for (int x = 0; x < bits.width(); ++x) {
      if (bits.get(x, y)) return true;
    }
    return false;
  });
  image::Gray drawn = image::white(columns.size() * module, linear ? height : rows.size() * module);
  for (int y = 0; y < drawn.height; ++y) {
    for (int x = 0; x < drawn.width; ++x) {
      const int row = rows.first + (linear ? 0 : y / module);
      if (bits.get(columns.first + x / module, row)) drawn.at(x, y) = 0;
    }
  }
  return drawn;
}

}  // namespace

std::optional<image::Gray> draw(Symbology symbology, const std::string& payload, int module,
                                int height) {
  const internal::Known& known = internal::kKnown[static_cast<std::size_t>(symbology)];
  try {
    const ZXing::BitMatrix bits = ZXing::MultiFormatWriter(known.format).encode(payload, 1, 1);
    return enlarged(bits, known.linear, module, height);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace scr::barcode
