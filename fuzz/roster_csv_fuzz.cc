// SPDX-License-Identifier: Apache-2.0
// rooms: election
//
// Every station of a roster that parses is found again, and lies in a unit that the geography has.

#include <cstdint>
#include <cstdlib>

#include "election/roster.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto definition = scr::election::parse_definition(
      "id='f'\ntitle='F'\nlanguages=['en']\ncountry={id='X',name='X'}\n[[level]]\nid='region'"
      "\nname='r'\n[[level]]\n"
      "id='centre'\nname='c'\n[[option]]\nid='A'\nname='A'\n[[option]]\nid='B'\nname='B'\n");
  if (!definition) std::abort();
  scr::election::Geography geography(*definition);
  const auto roster = scr::election::parse_roster({reinterpret_cast<const char*>(data), size},
                                                  *definition, geography);
  if (!roster) return 0;
  for (const auto& station : roster->stations) {
    if (roster->find(station.id) != &station) std::abort();
    if (station.unit.value() >= geography.units().size()) std::abort();
  }
  return 0;
}
