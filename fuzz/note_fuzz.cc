// SPDX-License-Identifier: Apache-2.0
// rooms: note
//
// A note that parses prints back to the same bytes.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "note/signed_note.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto note = scr::note::Unverified::parse(input);
  if (!note) return 0;
  if (note->print() != input || note->signatures().empty()) std::abort();
  if (!scr::note::is_note_text(note->text())) std::abort();
  return 0;
}
