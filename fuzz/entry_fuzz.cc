// SPDX-License-Identifier: Apache-2.0
// rooms: entry
//
// What decodes encodes back to the same bytes.

#include <cstdint>
#include <cstdlib>

#include "entry/entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  scr::canon::Document scratch;
  const auto entry = scr::entry::decode(text, scratch);
  if (!entry) return 0;
  std::visit(
      [&](const auto& fact) {
        using Fact = std::decay_t<decltype(fact)>;
        if constexpr (!std::is_same_v<Fact, scr::entry::Unknown>) {
          if (encode(fact) != text) std::abort();
        }
      },
      *entry);
  return 0;
}
