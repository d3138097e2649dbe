// SPDX-License-Identifier: Apache-2.0
//
// Reports for a terminal, in plain words: the verdict first, then what it rests on.
//
//   terminal.out << judgement_text(Language::es, facts, {.colour = true});
//
// Contradicted, open and decided are told apart by words and signs; colour only adds to them.
// Names from files are made harmless: no control character reaches the terminal.
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "report/facts.h"
#include "tally/compare.h"

namespace scr::report {

struct TextStyle {
  bool colour = false;       // ANSI; the caller knows whether there is a terminal, and NO_COLOR
  std::size_t columns = 88;  // sentences are wrapped at so many; tables are as wide as they are
};

std::string judgement_text(Language language, const Facts& facts, const TextStyle& style);

// A table with one line for each of `units`, or for each return.
std::string tally_text(Language language, const election::Definition& definition,
                       const election::Geography& geography, const tally::Tallies& tallies,
                       std::span<const election::UnitOrdinal> units, const TextStyle& style);
std::string tally_text(Language language, const election::Definition& definition,
                       std::span<const review::StationReturn> returns, const TextStyle& style);

// How many of each kind, then at most `most` of them one by one.
std::string findings_text(Language language, std::span<const checks::Finding> findings,
                          std::size_t most, const TextStyle& style);

// `a`, `b`: what the two were called. At most `most` of the stations that differ.
std::string comparison_text(Language language, const tally::Comparison& comparison,
                            std::string_view a, std::string_view b, std::size_t most,
                            const TextStyle& style);

}  // namespace scr::report
