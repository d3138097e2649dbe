// SPDX-License-Identifier: Apache-2.0
// rooms: privacy
//
// A mask file that parses comes back from what is written of it.

#include <cstdint>
#include <cstdlib>

#include "privacy/mask_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scr;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto file = privacy::parse_mask_file(text);
  if (!file) return 0;
  const std::string written = privacy::text_of(*file);
  const auto back = privacy::parse_mask_file(written);
  if (!back || privacy::text_of(*back) != written) std::abort();
  return 0;
}
