// SPDX-License-Identifier: Apache-2.0
// rooms: election
//
// First line: a grammar; the rest: a payload. What a grammar reads, it writes again as it was.

#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>

#include "election/sheet_payload.h"

namespace {

scr::election::Definition small() {
  const auto definition = scr::election::parse_definition(
      "id='f'\ntitle='F'\nlanguages=['en']\ncountry={id='X',name='X'}\n[[option]]\nid='A'\nname='A'"
      "\nlines=['a','b']\n[[option]]\nid='B'\nname='B'\nlines=['c']\n[[sheet]]\nid='s'\n"
      "payload='{code}'\ncode='{c:4}.1'\nstation='{c}'\nballot_order=['a','c','b']\n");
  if (!definition) std::abort();
  return *definition;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static scr::election::Definition definition = small();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = text.find('\n');
  auto grammar = scr::election::parse_payload_grammar(text.substr(0, line));
  if (!grammar || line == std::string_view::npos) return 0;
  definition.sheets[0].grammar = *grammar;
  const std::string_view said = text.substr(line + 1);
  const auto payload = scr::election::parse_sheet_payload(said, definition, definition.sheets[0]);
  if (!payload) return 0;
  std::vector<std::uint64_t> lines;
  for (const auto votes : payload->lines)
    lines.push_back(static_cast<std::uint64_t>(votes.count()));
  const auto count = [](const auto& votes) { return static_cast<std::uint64_t>(votes.count()); };
  const auto written = scr::election::write_sheet_payload(
      definition.sheets[0], payload->code, lines,
      {{"null", count(payload->null)},
       {"invalid", count(payload->invalid)},
       {"valid", count(payload->valid.value_or(scr::election::Votes()))},
       {"registered", count(payload->registered.value_or(scr::election::Votes()))}});
  if (!written || *written != said) std::abort();
  return 0;
}
