// SPDX-License-Identifier: Apache-2.0
//
// 256 bits that stay nearly the same when a picture is compressed again or made smaller, and differ
// between any two photographs: with them a file that went through a messenger is known again.
//
//   const Fingerprint print = fingerprint_of(gray);
//   print.distance(other) <= kNearRepeat;        // the same photograph, most likely
//
// The picture as a whole, in any size, becomes 64 x 64 cells of mean brightness (of a tall picture,
// over every n-th line of pixels: at least eight a cell); of their cosine
// transform (DCT-II) the signs of 256 coefficients of middle frequency are kept. Low frequencies
// would see the form, of which all sheets are alike; middle ones see where on the picture each line
// of it lies, which no second photograph repeats. What does not keep the frame - cutting edges off,
// turning, another photograph of the same paper - gives another fingerprint.
//
// Whole numbers throughout: the same pixels give the same bits on every machine.
// Pure; any thread.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "image/image.h"

namespace scr::likeness {

inline constexpr int kBits = 256;

struct Fingerprint {
  std::array<std::uint64_t, kBits / 64> words{};

  // Bits that differ, 0 .. 256.
  int distance(const Fingerprint& other) const;
  // 64 lower-case hex digits.
  std::string hex() const;
  // Nothing unless `text` is exactly what hex() gives.
  static std::optional<Fingerprint> from_hex_text(std::string_view text);

  friend auto operator<=>(const Fingerprint&, const Fingerprint&) = default;
};

// REQUIRES: a picture with at least one pixel.
Fingerprint fingerprint_of(const image::Gray& picture);

}  // namespace scr::likeness
