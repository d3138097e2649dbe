// SPDX-License-Identifier: Apache-2.0
#include "tiles/bundle.h"

#include "base/bytes.h"
#include "base/check.h"

namespace scr::tiles {

void append_entry(std::string& bundle, std::string_view entry) {
  SCR_CHECK(entry.size() <= kMaxEntry);
  bundle += static_cast<char>(entry.size() >> 8);
  bundle += static_cast<char>(entry.size() & 0xFFu);
  bundle += entry;
}

Result<std::vector<std::string_view>> split_bundle(std::string_view bundle, std::size_t width) {
  std::vector<std::string_view> entries;
  entries.reserve(width);
  std::string_view rest = bundle;
  while (!rest.empty()) {
    if (entries.size() == width)
      return fail(ErrorCode::bad_input, "more entries than its path says");
    if (rest.size() < 2) return fail(ErrorCode::bad_input, "ends within a length");
    const std::size_t size = static_cast<std::size_t>(static_cast<unsigned char>(rest[0])) << 8 |
                             static_cast<unsigned char>(rest[1]);
    if (rest.size() - 2 < size) return fail(ErrorCode::bad_input, "ends within an entry");
    entries.push_back(rest.substr(2, size));
    rest.remove_prefix(2 + size);
  }
  if (entries.size() != width)
    return fail(ErrorCode::bad_input, "fewer entries than its path says");
  return entries;
}

Result<std::vector<Digest>> split_tile(std::string_view tile, std::size_t width) {
  if (tile.size() != width * 32) {
    return fail(ErrorCode::bad_input,
                "has " + std::to_string(tile.size()) + " bytes, not " + std::to_string(width * 32));
  }
  std::vector<Digest> hashes;
  hashes.reserve(width);
  for (std::size_t i = 0; i < width; ++i) {
    hashes.push_back(*Digest::from_bytes(bytes_of(tile.substr(i * 32, 32))));
  }
  return hashes;
}

std::string join_tile(std::span<const Digest> hashes) {
  std::string tile;
  tile.reserve(hashes.size() * 32);
  for (const Digest& hash : hashes) tile += text_of(hash.view());
  return tile;
}

}  // namespace scr::tiles
