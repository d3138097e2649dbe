// SPDX-License-Identifier: Apache-2.0
// rooms: base merkle note witness
//
// Fork evidence that parses prints back to the same bytes; and what convicts the log still convicts
// it when read again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "witness/fork.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scr;
  static const note::Vkey key =
      note::Vkey::parse(
          "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")
          .value();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto evidence = witness::ForkEvidence::parse(input);
  if (!evidence) return 0;
  if (evidence->text() != input) std::abort();
  if (verify(*evidence, key) && evidence->smaller == evidence->larger) std::abort();
  return 0;
}
