// SPDX-License-Identifier: Apache-2.0
// rooms: picture
//
// Any file: pixels or a reason, within limits.

#include <cstdint>
#include <cstdlib>

#include "picture/decode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const scr::ByteView file(reinterpret_cast<const std::byte*>(data), size);
  const scr::picture::Limits limits{.pixels = 4'000'000, .side = 4000};
  const auto gray = scr::picture::decode_gray(file, limits);
  const auto half = scr::picture::decode_gray_half(file, 0, limits);
  if (half && (half->width < 1 || half->height < 1)) __builtin_trap();
  if (gray && gray->pixels.size() !=
                  static_cast<std::size_t>(gray->width) * static_cast<std::size_t>(gray->height)) {
    std::abort();
  }
  const auto rgb = scr::picture::decode_rgb(file, limits);
  if (rgb && rgb->pixels.size() !=
                 3 * static_cast<std::size_t>(rgb->width) * static_cast<std::size_t>(rgb->height)) {
    std::abort();
  }
  scr::picture::orientation_of_jpeg(file);
  return 0;
}
