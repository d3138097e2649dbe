// SPDX-License-Identifier: Apache-2.0
//
// Our names and the library's. Only the files of this room that read and draw include this.

#pragma once

#include <array>

#include <ZXing/BarcodeFormat.h>

#include "barcode/read.h"

namespace scr::barcode::internal {

struct Known {
  Symbology symbology;
  const char* name;
  ZXing::BarcodeFormat format;
  bool linear;
};

// By Symbology.
inline constexpr std::array<Known, kAll.size()> kKnown{{
    {Symbology::code_128, "code-128", ZXing::BarcodeFormat::Code128, true},
    {Symbology::code_39, "code-39", ZXing::BarcodeFormat::Code39, true},
    {Symbology::code_93, "code-93", ZXing::BarcodeFormat::Code93, true},
    {Symbology::codabar, "codabar", ZXing::BarcodeFormat::Codabar, true},
    {Symbology::itf, "itf", ZXing::BarcodeFormat::ITF, true},
    {Symbology::ean_13, "ean-13", ZXing::BarcodeFormat::EAN13, true},
    {Symbology::ean_8, "ean-8", ZXing::BarcodeFormat::EAN8, true},
    {Symbology::pdf_417, "pdf-417", ZXing::BarcodeFormat::PDF417, false},
    {Symbology::data_matrix, "data-matrix", ZXing::BarcodeFormat::DataMatrix, false},
    {Symbology::aztec, "aztec", ZXing::BarcodeFormat::Aztec, false},
}};

}  // namespace scr::barcode::internal
