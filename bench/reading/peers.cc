// SPDX-License-Identifier: Apache-2.0
#define ZX_USE_UTF8 1  // zxing-cpp 1.4 gives wide text otherwise
#include "bench/reading/peers.h"

// zbar first: ZXing's headers make Error a macro.
#include <zbar.h>

#include <ZXing/ReadBarcode.h>

namespace scr::bench {

std::optional<std::string> read_by_zbar(const image::Gray& picture) {
  zbar::ImageScanner scanner;
  scanner.set_config(zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
  scanner.set_config(zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_ENABLE, 1);
  zbar::Image image(static_cast<unsigned>(picture.width), static_cast<unsigned>(picture.height),
                    "Y800", picture.pixels.data(), picture.pixels.size());
  if (scanner.scan(image) <= 0) return std::nullopt;
  const zbar::SymbolIterator first = image.symbol_begin();
  if (first == image.symbol_end()) return std::nullopt;
  return first->get_data();
}

std::optional<std::string> read_by_zxing(const image::Gray& picture, bool all) {
  const ZXing::ImageView view(picture.pixels.data(), picture.width, picture.height,
                              ZXing::ImageFormat::Lum);
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode)
      .setTryHarder(true)
      .setTryRotate(all)
      .setTryDownscale(all)
      .setMaxNumberOfSymbols(1);
  const ZXing::Result read = ZXing::ReadBarcode(view, hints);
  if (!read.isValid()) return std::nullopt;
  return read.text();
}

}  // namespace scr::bench
