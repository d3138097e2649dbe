// SPDX-License-Identifier: Apache-2.0
//
#include "barcode/read.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <tuple>
#include <utility>

#include <ZXing/ReadBarcode.h>

#include "barcode/internal/known.h"

namespace scr::barcode {
namespace {

using internal::kKnown;
using internal::Known;

constexpr int kMostCodes = 8;

image::Point point_of(ZXing::PointI point) {
  return {static_cast<double>(point.x), static_cast<double>(point.y)};
}

std::optional<Code> code_of(const ZXing::Result& result) {
  if (!result.isValid()) return std::nullopt;
  for (const Known& known : kKnown) {
    if (known.format != result.format()) continue;
    const ZXing::ByteArray& bytes = result.bytes();
    const auto& place = result.position();
    return Code{known.symbology,
                std::string(bytes.begin(), bytes.end()),
                {point_of(place.topLeft()), point_of(place.topRight()),
                 point_of(place.bottomRight()), point_of(place.bottomLeft())}};
  }
  return std::nullopt;
}

// One at a time: zxing-cpp 1.4 calls abort() when it is asked for all and sees two that are alike
// (an assertion in Result::operator==), and the same number along both margins is what forms have.
std::optional<Code> read_one(const image::Gray& picture, std::span<const Symbology> which) {
  ZXing::BarcodeFormats formats;
  for (const Symbology each : which) formats |= kKnown[static_cast<std::size_t>(each)].format;
  ZXing::DecodeHints hints;
  hints.setFormats(formats).setTryHarder(true).setTryRotate(true);
  try {
    const ZXing::ImageView view(picture.pixels.data(), picture.width, picture.height,
                                ZXing::ImageFormat::Lum);
    return code_of(ZXing::ReadBarcode(view, hints));
  } catch (const std::exception&) {
    // What the library throws over is a picture without codes that can be read.
    return std::nullopt;
  }
}

image::Point between(image::Point a, image::Point b) {
  return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

// Where a code was read, white. Of a linear code only the lines that were read are known, not how
// high its bars are: as high as it is long is more than any.
void paint_over(const Code& code, image::Gray& picture) {
  const image::Point from = between(code.corners[0], code.corners[3]);
  const image::Point to = between(code.corners[1], code.corners[2]);
  const double length = std::max(1.0, std::hypot(to.x - from.x, to.y - from.y));
  const image::Point along{(to.x - from.x) / length, (to.y - from.y) / length};
  const double around = 0.1 * length + 2;
  const double aside = 0.6 * length + 2;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const double dx = x + 0.5 - from.x;
      const double dy = y + 0.5 - from.y;
      const double t = dx * along.x + dy * along.y;
      const double off = std::abs(dy * along.x - dx * along.y);
      if (t > -around && t < length + around && off < aside) picture.at(x, y) = 255;
    }
  }
}

}  // namespace

const char* name_of(Symbology symbology) {
  return kKnown[static_cast<std::size_t>(symbology)].name;
}

std::optional<Symbology> symbology_of(std::string_view name) {
  for (const Known& known : kKnown) {
    if (name == known.name) return known.symbology;
  }
  return std::nullopt;
}

std::vector<Code> read(const image::Gray& picture, std::span<const Symbology> which) {
  std::vector<Code> codes;
  if (which.empty() || picture.width < 8 || picture.height < 8) return codes;
  image::Gray rest = picture;
  for (int i = 0; i < kMostCodes; ++i) {
    auto code = read_one(rest, which);
    if (!code) break;
    paint_over(*code, rest);
    codes.push_back(std::move(*code));
  }
  const auto key = [](const Code& code) { return std::tie(code.payload, code.symbology); };
  std::stable_sort(codes.begin(), codes.end(),
                   [&](const Code& a, const Code& b) { return key(a) < key(b); });
  codes.erase(std::unique(codes.begin(), codes.end(),
                          [&](const Code& a, const Code& b) { return key(a) == key(b); }),
              codes.end());
  return codes;
}

}  // namespace scr::barcode
