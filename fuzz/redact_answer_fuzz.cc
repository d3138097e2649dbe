// SPDX-License-Identifier: Apache-2.0
// rooms: redact privacy
//
// Whatever a process that was taken over answers, and whatever it is asked: refused, or what it
// says, never a crash.

#include <cstdint>
#include <cstdlib>

#include "privacy/parts.h"
#include "redact/work.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scr;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto grid = redact::grid_in(text)) {
    if (grid->width < 1 || grid->height < 1 || grid->cell_width < 1 || grid->cell_height < 1)
      std::abort();
  }
  if (const auto commitment = redact::commitment_in(text)) {
    if (commitment->leaves > cells::Mask::kMostLeaves) std::abort();
  }
  if (const auto redacted = redact::redacted_in(text)) {
    if (redacted->file.size() + redacted->proof.size() >= size) std::abort();
  }
  if (const auto parts = privacy::parts_from_text(text)) {
    const auto again = privacy::parts_from_text(privacy::to_text(*parts));
    if (!again || privacy::to_text(*again) != privacy::to_text(*parts)) std::abort();
  }
  // Whatever it is asked, it says something.
  if (redact::answer(text).empty()) std::abort();
  return 0;
}
