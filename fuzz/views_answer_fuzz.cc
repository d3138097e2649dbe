// SPDX-License-Identifier: Apache-2.0
// rooms: views
//
// Whatever a worker that was taken over answers: refused, or views of the size that they say.

#include <cstdint>
#include <cstdlib>

#include "views/views.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto seen = scr::views::views_from(text, 1);
  if (!seen) return 0;
  const auto pixels = [](const scr::image::Gray& view) {
    return static_cast<std::size_t>(view.width) * static_cast<std::size_t>(view.height);
  };
  if (seen->pieces.size() != 1 || seen->whole.pixels.size() != pixels(seen->whole) ||
      seen->pieces[0].pixels.size() != pixels(seen->pieces[0]) ||
      8 + pixels(seen->whole) + pixels(seen->pieces[0]) != size)
    std::abort();
  return 0;
}
