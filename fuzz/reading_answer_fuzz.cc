// SPDX-License-Identifier: Apache-2.0
// rooms: reading
//
// Whatever a reader that was taken over answers: refused, or the same when written again.

#include <cstdint>
#include <cstdlib>

#include "reading/read_sheet.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = scr::reading::read_sheet_from_text(text);
  if (!read) return 0;
  const std::string written = to_text(*read);
  const auto again = scr::reading::read_sheet_from_text(written);
  if (!again || to_text(*again) != written) std::abort();
  return 0;
}
