// SPDX-License-Identifier: Apache-2.0
// rooms: entry
//
// A claim that parses stands for options of the election only, each at most once in its votes.

#include <cstdint>
#include <cstdlib>
#include <set>

#include "entry/claim.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto definition = scr::election::parse_definition(
      "id='f'\ntitle='F'\nlanguages=['en']\ncountry={id='X',name='X'}\n[[option]]\nid='NM'\nname='"
      "A'\n[[option]]\n"
      "id='EG'\nname='B'\n[[option]]\nid='LM'\nname='C'\n");
  if (!definition) std::abort();
  const auto claim =
      scr::entry::parse_claim({reinterpret_cast<const char*>(data), size}, *definition);
  if (!claim) return 0;
  std::set<scr::election::OptionId> seen;
  for (const auto& votes : claim->votes) {
    for (const auto& option : votes.options) {
      if (!definition->option_position(option) || !seen.insert(option).second) std::abort();
    }
  }
  for (const auto& percent : claim->percent) {
    if (percent.value.value() > scr::Fraction(100)) std::abort();
    (void)percent.value.half_a_unit();
  }
  return 0;
}
