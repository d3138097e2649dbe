// SPDX-License-Identifier: Apache-2.0
// rooms: election
//
// The options of a payload that parses add up to its lines.

#include <cstdint>
#include <cstdlib>

#include "election/sheet_payload.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto definition = scr::election::parse_definition(
      "id='f'\ntitle='F'\nlanguages=['en']\ncountry={id='X',name='X'}\n[[option]]\nid='A'\nname='A'"
      "\nlines=['a','b']\n"
      "[[option]]\nid='B'\nname='B'\nlines=['c']\n[[sheet]]\nid='s'\npayload='code!counts!null!"
      "invalid'\n"
      "code='{centre:9}.{table:2}.1.0001'\nstation='{centre}.{table}'\nballot_order=['a','c','b']"
      "\n");
  if (!definition) std::abort();
  const auto payload = scr::election::parse_sheet_payload(
      {reinterpret_cast<const char*>(data), size}, *definition, definition->sheets[0]);
  if (!payload) return 0;
  std::int64_t lines = 0, options = 0;
  for (const auto votes : payload->lines) lines += votes.count();
  for (const auto votes : payload->options) options += votes.count();
  if (lines != options || payload->lines.size() != 3 || payload->options.size() != 2) std::abort();
  return 0;
}
