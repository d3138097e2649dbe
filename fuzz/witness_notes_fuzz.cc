// SPDX-License-Identifier: Apache-2.0
// rooms: base notebook
//
// What is read of a segment is what was written: the sound part, written again batch by batch, is a
// beginning of the input, and reading it alone gives the same notes. Behind a torn end nothing
// counts.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "notebook/journal.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scr::notebook;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto segment = read_segment(input);
  if (!segment) return 0;
  if (segment->sound > size) std::abort();
  const auto again = read_segment(input.substr(0, segment->sound));
  if (!again || again->notes != segment->notes || again->sound != segment->sound) std::abort();
  if (again->batches != segment->batches) std::abort();
  return 0;
}
