// SPDX-License-Identifier: Apache-2.0
// rooms: reading
//
// First line: what a reader that was taken over says it read; the rest: the rows that it says it
// cut out. Refused, or the same when written again.

#include <cstdint>
#include <cstdlib>

#include "reading/handwritten.h"
#include "reading/read_sheet.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return 0;
  const auto read = scr::reading::read_sheet_from_text(text.substr(0, end));
  if (!read || !read->form) return 0;
  const std::string_view bytes = text.substr(end + 1);
  const auto crops = scr::reading::crops_from_bytes(bytes, *read->form);
  if (crops && scr::reading::to_bytes(*crops) != bytes) std::abort();
  return 0;
}
