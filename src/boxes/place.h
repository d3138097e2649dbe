// SPDX-License-Identifier: Apache-2.0
//
// Where the boxes of a form lie in a picture of it. What is written in them, and what they mean, is
// not known here.
//
// A code that was read says about where the page lies; how well it does so far away from the code
// depends on a fraction of a pixel. So the boxes' own outlines are looked for near where they
// should be, the nearest to the code first, and each that is found helps to find the next.
//
// Pure; any thread.

#pragma once

#include <optional>
#include <vector>

#include "image/image.h"

namespace scr::boxes {

// A part of the page; lengths in any one unit, from the page's top left corner.
struct Part {
  double left = 0;
  double top = 0;
  double right = 0;
  double foot = 0;
};

struct Row {
  Part boxes;      // all together: one beside the other, of one width
  int digits = 1;  // how many
  std::optional<Part> words;
};

struct Layout {
  double width = 0;  // of the page
  double height = 0;
  Part code;  // without the light margin around it
  std::vector<Row> rows;
  // Other outlines that are printed on the page, such as those of headings: where the boxes' own
  // are faint, these tell where they lie.
  std::vector<Part> frames = {};
};

struct PlacedRow {
  std::vector<image::Quad> boxes;  // in pixels, from the left
  std::optional<image::Quad> words;
};

struct Placement {
  std::vector<PlacedRow> rows;  // one for each of the layout's
  // How dark the weakest side of a row's boxes is where it should be, of how dark print is; lines
  // between boxes, which may be dashed, count twice. About 0 where there are no boxes or others, 1
  // where they are sharp and black. Two thirds of the rows are at least so clear, or two thirds of
  // the frames, of which there must be three.
  double clarity = 0;
};

// By a code that lies there: top left, top right, bottom right, bottom left. Nothing if the layout
// has no rows or if the code has no area.
std::optional<Placement> place_by_code(const image::Gray& picture, const image::Quad& code,
                                       const Layout& layout);

// By the picture's own edges: for scans that show the page and nothing else, whichever way up.
std::optional<Placement> place_by_page(const image::Gray& picture, const Layout& layout);

}  // namespace scr::boxes
