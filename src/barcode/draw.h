// SPDX-License-Identifier: Apache-2.0
//
// Printed codes drawn: for test sheets, and to test the reader. Pure; any thread.

#pragma once

#include <optional>
#include <string>

#include "barcode/read.h"
#include "image/image.h"

namespace scr::barcode {

// Black on white, without a light margin: its narrowest bars `module` pixels wide; bars of linear
// codes `height` pixels high, of others as they come. Nothing if the symbology cannot say that.
// REQUIRES: module > 0, height > 0.
std::optional<image::Gray> draw(Symbology symbology, const std::string& payload, int module,
                                int height);

}  // namespace scr::barcode
