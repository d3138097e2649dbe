// SPDX-License-Identifier: Apache-2.0
// rooms: tiles
//
// A bundle that splits into `width` entries is those entries, put together again.

#include <cstdint>
#include <cstdlib>

#include "tiles/bundle.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bundle(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto entries = scr::tiles::split_bundle(bundle, data[0]);
  if (!entries) return 0;
  std::string again;
  for (const std::string_view entry : *entries) scr::tiles::append_entry(again, entry);
  if (again != bundle || entries->size() != data[0]) std::abort();
  return 0;
}
