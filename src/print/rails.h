// SPDX-License-Identifier: Apache-2.0
//
// Where the rows of a printed sheet lie in a picture of it.
//
// From the printed code, whose place is known, the table is looked for upwards; then row after row
// is followed along two rails, one through the first letters, one through the ends of the numbers.
// So perspective, curl and folds, which make far rows lie elsewhere than the code promises, are met
// in small steps.
//
// Pure; any thread.

#pragma once

#include <optional>
#include <vector>

#include "image/image.h"
#include "print/layout.h"

namespace scr::print {

// A row in the picture, in pixels.
struct PlacedRow {
  image::Point end;     // of the number: where its last letter's cell ends, half way up
  image::Point across;  // one dot to the right
  image::Point down;    // one dot down
};

struct Placement {
  std::vector<PlacedRow> rows;  // as Layout::rows
  // How far the rows with numbers stand out against those without: 1 as in clear print, 0 not at
  // all.
  double clarity = 0;
};

// `code`: the corners of the symbol without its quiet zone, top left, top right, bottom right,
// bottom left; `modules` a side. Nothing if no such table is seen.
std::optional<Placement> place_rows(const image::Gray& picture, const image::Quad& code,
                                    int modules, const Layout& layout);

}  // namespace scr::print
