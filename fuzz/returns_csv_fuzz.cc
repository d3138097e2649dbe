// SPDX-License-Identifier: Apache-2.0
// rooms: intake
//
// Whatever a file of returns holds, every entry that it makes is one that decodes again.

#include <cstdint>
#include <cstdlib>

#include "entry/entry.h"
#include "intake/import_entries.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto definition = scr::election::parse_definition(
      "id='f'\ntitle='F'\nlanguages=['en']\ncountry={id='X',name='X'}\n[[level]]\nid='region'"
      "\nname='s'\n[[option]]\n"
      "id='A'\nname='A'\n[[option]]\nid='B'\nname='B'\n");
  if (!definition) std::abort();
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  scr::intake::Mapping latin =
      scr::intake::conventional_mapping({"station", "region", "registered", "null"}, *definition);
  latin.encoding = scr::intake::Encoding::windows1252;
  for (const scr::intake::Mapping* mapping :
       {static_cast<const scr::intake::Mapping*>(nullptr), &std::as_const(latin)}) {
    const auto read = scr::intake::read_returns(file, mapping, *definition);
    if (!read) continue;
    scr::entry::ReturnsImported imported;
    imported.source = scr::election::SourceId("fuzz");
    std::vector<std::string> entries;
    scr::intake::append_import_entries(*read, imported, scr::entry::EntryIndex(2), entries);
    scr::canon::Document scratch;
    for (const std::string& entry : entries) {
      if (!scr::entry::decode(entry, scratch)) std::abort();
    }
  }
  return 0;
}
