// SPDX-License-Identifier: Apache-2.0
// rooms: intake
//
// Whatever a reader's file holds, what is taken from it makes entries that decode again, each unit
// once.

#include <cstdint>
#include <cstdlib>
#include <set>

#include "entry/entry.h"
#include "intake/read_found.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto definition = scr::election::parse_definition(
      "id='f'\ntitle='F'\nlanguages=['en']\ncountry={id='X',name='X'}\nstation_width=3\n"
      "[[option]]\nid='A'\nname='A'\n[[option]]\nid='B'\nname='B'\n");
  if (!definition) std::abort();
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  for (const bool ballots : {false, true}) {
    const auto read = scr::intake::read_found(file, ballots, *definition);
    if (!read) continue;
    std::set<std::string> seen;
    scr::canon::Document scratch;
    for (const auto& found : *read) {
      if (!seen.insert(found.unit).second) std::abort();
      if (found.votes.size() != (found.found ? 2u : 0u)) std::abort();
      if (!scr::entry::decode(encode(found), scratch)) std::abort();
    }
  }
  return 0;
}
