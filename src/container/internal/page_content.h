// SPDX-License-Identifier: Apache-2.0
//
// What a page of a PDF draws, as far as it decides whether the page is one picture and nothing
// else, and whether it needs letters that are not in the file.

#pragma once

#include <optional>

#include "container/internal/qpdf.h"

namespace scr::container::internal {

struct PageContent {
  std::optional<QPDFObjectHandle>
      only_picture;              // an image, drawn upright or turned, and nothing else
  bool foreign_letters = false;  // visible text in letters that are not in the file
};

// Throws what qpdf throws.
PageContent content_of(QPDFObjectHandle page);

// True if the image's bytes are a JPEG that shows what the page shows: no mask, no colours that are
// to be read otherwise.
bool is_plain_jpeg(QPDFObjectHandle picture);

}  // namespace scr::container::internal
