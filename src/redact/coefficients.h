// SPDX-License-Identifier: Apache-2.0
//
// A JPEG as the whole numbers that its file holds: quantised coefficients, before any decoder has
// turned them into pixels. They can be written to another file without changing a single one.
//
//   SCR_TRY(picture, read_coefficients(file));     // in a worker: the bytes are a stranger's
//   SCR_TRY(same, write_coefficients(picture));
//
// Pure; any thread.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace scr::redact {

enum class Colours { grey, ycc, rgb };
const char* name_of(Colours colours);

inline constexpr std::size_t kBlock = 64;  // coefficients, row by row, the mean first

// One channel. `columns` x `rows` blocks, row by row: those that have a pixel of the picture.
struct Component {
  int across = 1;  // sampling factors (ITU-T T.81, A.1.1), 1 .. 4
  int down = 1;
  std::array<std::uint16_t, kBlock> quantisation{};
  int columns = 0;
  int rows = 0;
  std::vector<std::int16_t> blocks;

  const std::int16_t* block(int column, int row) const {
    return blocks.data() + (static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                            static_cast<std::size_t>(column)) *
                               kBlock;
  }
  std::int16_t* block(int column, int row) {
    return const_cast<std::int16_t*>(std::as_const(*this).block(column, row));
  }
};

struct Coefficients {
  int width = 0;  // pixels, as stored
  int height = 0;
  int orientation = 1;  // of EXIF, 1 .. 8: how it is to be turned
  Colours colours = Colours::ycc;
  std::vector<Component> components;  // one or three

  // The largest sampling factors: a unit of coding has 8 across() x 8 down() pixels.
  int across() const;
  int down() const;
};

// All or nothing: bad_input if the decoder has so much as a warning (what it makes of a damaged
// file is not the same everywhere), or if the file ends early; unsupported for four colours, other
// depths than 8 bits, and more than 100 million pixels.
Result<Coefficients> read_coefficients(ByteView jpeg);

// A file with nothing in it but the picture: sequential Huffman coding, one scan, a JFIF or Adobe
// segment that says the colours, and EXIF with the orientation and nothing else if it is not 1.
// unsupported if a coefficient is too large to be coded.
Result<std::string> write_coefficients(const Coefficients& picture);

}  // namespace scr::redact
