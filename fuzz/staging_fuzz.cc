// SPDX-License-Identifier: Apache-2.0
// rooms: record
//
// Every tile that a staging file gives has a path of its own and lies within the file.

#include <cstdint>
#include <cstdlib>

#include "record/staging.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view staging(reinterpret_cast<const char*>(data), size);
  const auto done = scr::record::read_staging(
      staging, [&](const scr::tiles::TileId& tile, std::string_view bytes) {
        const bool inside = bytes.data() >= staging.data() &&
                            bytes.data() + bytes.size() <= staging.data() + staging.size();
        if (!inside || scr::tiles::parse_path(path_of(tile)) != tile) std::abort();
        return scr::Result<void>();
      });
  if (done && !staging.ends_with("end\n")) std::abort();
  return 0;
}
