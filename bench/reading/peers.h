// SPDX-License-Identifier: Apache-2.0
//
// Readers of codes by others, each behind one function: the text of the first QR code that they see
// in a grey picture.
//
// Pure; any thread.

#pragma once

#include <optional>
#include <string>

#include "image/image.h"

namespace scr::bench {

// zbar 0.23 (libzbar-dev), every line scanned.
std::optional<std::string> read_by_zbar(const image::Gray& picture);

// zxing-cpp 1.4 (libzxing-dev): try harder; `all`: also turned and reduced.
std::optional<std::string> read_by_zxing(const image::Gray& picture, bool all);

}  // namespace scr::bench
