// SPDX-License-Identifier: Apache-2.0
// rooms: intake
//
// A mapping that parses says where every option's votes stand.

#include <cstdint>
#include <cstdlib>

#include "intake/mapping.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto definition = scr::election::parse_definition(
      "id='f'\ntitle='F'\nlanguages=['en']\ncountry={id='X',name='X'}\n[[level]]\nid='state'\nname="
      "'s'\n[[option]]\n"
      "id='EG'\nname='A'\n[[option]]\nid='NM'\nname='B'\n");
  if (!definition) std::abort();
  const auto mapping =
      scr::intake::parse_mapping({reinterpret_cast<const char*>(data), size}, *definition);
  if (!mapping) return 0;
  if (mapping->votes.size() != 2 || mapping->station.empty() || mapping->places.size() > 1)
    std::abort();
  for (const auto& columns : mapping->votes) {
    if (columns.empty()) std::abort();
  }
  return 0;
}
