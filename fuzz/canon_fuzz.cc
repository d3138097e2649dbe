// SPDX-License-Identifier: Apache-2.0
// rooms: canon
//
// What parses prints back to the same bytes.

#include <cstdint>
#include <cstdlib>

#include "canon/document.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  scr::canon::Document document;
  for (const auto& profile : {scr::canon::kEntry, scr::canon::kOutput}) {
    if (document.parse(text, profile) && rewrite(document) != text) std::abort();
  }
  return 0;
}
