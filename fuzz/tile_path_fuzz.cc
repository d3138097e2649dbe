// SPDX-License-Identifier: Apache-2.0
// rooms: tiles
//
// A tile has one path: what parses prints back to the same bytes.

#include <cstdint>
#include <cstdlib>

#include "tiles/path.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view path(reinterpret_cast<const char*>(data), size);
  const auto tile = scr::tiles::parse_path(path);
  if (tile && path_of(*tile) != path) std::abort();
  return 0;
}
