// SPDX-License-Identifier: Apache-2.0
// rooms: election
//
// A definition that parses keeps its promises: at least two options, a chosen total among those
// known, caps in (0, 1] with 1 first, every line of the ballot an option's.

#include <cstdint>
#include <cstdlib>

#include "election/definition.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto definition =
      scr::election::parse_definition({reinterpret_cast<const char*>(data), size});
  if (!definition) {
    if (definition.error().what.empty()) std::abort();
    return 0;
  }
  if (definition->options.size() < 2 || definition->turnout_caps.front() != scr::Fraction(1))
    std::abort();
  for (const auto* totals : {&definition->electors, &definition->stations}) {
    if (!totals->known.empty() && !totals->find(totals->chosen)) std::abort();
  }
  return 0;
}
