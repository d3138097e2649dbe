// SPDX-License-Identifier: Apache-2.0
//
// Pages of a PDF: looked at with qpdf, and drawn with poppler where they are more than one JPEG.

#pragma once

#include "container/unpack.h"

namespace scr::container::internal {

// How it ended.
Reason pages_of_pdf(const Source& source, std::uint64_t first, const Limits& limits,
                    const Tell& tell);

}  // namespace scr::container::internal
