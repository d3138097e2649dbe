// SPDX-License-Identifier: Apache-2.0
//
// What an election is: its title, geography, options, rules, and what is known of its size. Read
// from a TOML file that a person can write (docs/election-definition.md); a country is a folder of
// such data, never code.
//
//   SCR_TRY(definition, election::parse_definition(toml_text));
//
// One definition is one contest; a ballot with several contests makes several records.
//
// A value; any thread may read it.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fraction.h"
#include "base/result.h"
#include "election/ids.h"
#include "election/payload_grammar.h"
#include "election/votes.h"
#include "note/key.h"

namespace scr::election {

// The same words in several languages: "es" -> "estado", "en" -> "state". Never empty.
struct Words {
  std::map<std::string, std::string> by_language;

  // In `language`, else in English, else in the first there is.
  const std::string& in(std::string_view language) const;
};

// A level of geography below the country, largest first. The ids of its units are texts of at
// least `width` characters; shorter codes are padded with zeros on the left when they are read.
struct Level {
  LevelId id;
  Words name;
  Words plural;
  std::size_t width = 0;
};

struct Line {
  LineId id;
};

struct Option {
  OptionId id;
  std::string name;
  std::vector<Line> lines;  // in ballot order; empty where the ballot has no lines
};

// A total that somebody published. Several may be known; one is chosen for the judgement.
struct Total {
  TotalId id;
  Votes value;
  Words what;          // "registered voters, abroad included"
  std::string source;  // who says so, and where
};

struct Totals {
  std::vector<Total> known;
  TotalId chosen;  // one of `known`

  // Nothing if there is no total of that id.
  const Total* find(const TotalId& id) const;
  const Total& chosen_total() const;  // REQUIRES: known is not empty
};

// What happens to a return that breaks a rule of arithmetic: the finding is only noted, or the
// return is set aside too and its station counts as missing.
enum class Remedy { note, set_aside };

struct Rules {
  Remedy votes_sum_to_valid = Remedy::set_aside;
  Remedy cast_within_registered = Remedy::note;  // valid + null + invalid <= registered
  Remedy zero_sheet = Remedy::set_aside;         // every figure is 0: a test print, not a count
  Remedy unknown_station = Remedy::set_aside;    // not in a complete roster
  Remedy print_differs = Remedy::set_aside;      // printed numbers are not what the code says
};

// Which transcription of a station counts, and what it takes: review/accept.h has the rule.
struct Acceptance {
  // Sources in order of preference, used only where they differ. Empty: stations whose sources
  // differ are set aside until somebody resolves it.
  std::vector<SourceId> prefer;
  // What becomes of figures that a single picture bears, and nobody else: no second picture, no
  // other source. `note`: they count.
  Remedy alone = Remedy::note;
  // The same where the picture's code was read with help of its print: then the print cannot
  // witness for the code.
  Remedy alone_jointly = Remedy::set_aside;
  // Printed numbers that must have been compared with the code before a picture may stand alone.
  std::int64_t alone_compared = 0;
  // Pictures of one station whose codes differ. `set_aside`: none of them counts; `note`: what more
  // than half of them say.
  Remedy pictures_differ = Remedy::set_aside;
};

// How a sheet is printed: rows of one pitch in letters of one width, first the lines in ballot
// order, then a rule, then totals. Lengths are in dots of the printer, of which a module of the
// code has `module_dots`.
struct PrintedSheet {
  double module_dots = 5;
  double pitch_dots = 27;   // from row to row
  double letter_dots = 13;  // from letter to letter
  double width_dots =
      560;  // from the first letter of a row that is not indented to the numbers' end
  int indent_letters = 0;   // of the lines
  double to_code_dots = 0;  // from the lowest row to the code's upper edge, about; 0: not known
  bool headings = false;    // the first line of each option stands below a row with its name
  // Of the rows below the rule, in order: "valid", "null", "invalid", "cast" (all that were cast),
  // "signed" (people in the book), "registered".
  std::vector<std::string> totals;
  // Names, numbers of identity cards and signatures stand between the last total and the code.
  bool personal_above_code = false;
};

// A part of a page: left, top, right, foot, in the lengths of its HandwrittenForm.
using Place = std::array<double, 4>;

// A number that people write into boxes, a digit each, the last digit in the last box.
struct BoxRow {
  std::string name;            // a line's id, or a total (kTotals)
  Place boxes{};               // all its boxes together: one beside the other, of one width
  int digits = 0;              // boxes; 1 to 9
  std::optional<Place> words;  // where the same number is written in words
};

// What a form shows of people and is not for everybody to see.
struct PersonalPart {
  std::string what;  // "signatures": for those who decide what is hidden
  Place place{};
};

// A form that is filled in by hand. Lengths are in any one unit: what counts is where things lie
// among each other. Places are from the page's top left corner.
struct HandwrittenForm {
  double width = 0;  // of the page
  double height = 0;
  Place code{};  // the QR code, without the light margin around it
  std::vector<BoxRow> rows;
  std::vector<Place> frames;  // other printed outlines, which help to find the boxes
  std::vector<PersonalPart> personal;
};

// What a number on a sheet may be called, beside the ids of lines. "blank": ballots cast with no
// mark; "signed": people in the book; "cast": all ballots that were cast.
inline constexpr std::array<std::string_view, 7> kTotals{"valid", "null",   "invalid",   "blank",
                                                         "cast",  "signed", "registered"};

// How a printed code is drawn.
inline constexpr std::array<std::string_view, 11> kSymbologies{
    "qr",     "code-128", "code-39", "code-93",     "codabar", "itf",
    "ean-13", "ean-8",    "pdf-417", "data-matrix", "aztec"};

// How a sheet says what it says: the payload of its printed code (sheet_payload.h), and the numbers
// that people read, printed or written by hand.
struct SheetFormat {
  std::string id;
  PayloadGrammar grammar;
  std::string code_pattern;             // "{centre:9}.{table:2}.1.0001"
  std::string station_pattern;          // "{centre}.{table}"
  std::vector<std::string> codes;       // of kSymbologies: those that may say which sheet it is
  std::vector<LineId> ballot_order;     // one count each, in this order; empty if nothing needs it
  std::optional<PrintedSheet> print;    // nothing: its printed numbers cannot be read
  std::optional<HandwrittenForm> form;  // nothing: no boxes are cut out
};

// A file beside the definition, named by it: the roster, the usual mapping.
struct Companion {
  std::string file;  // a plain file name, no folder
};

// Who may declare a key of the record bad (entry/key_revoked.h): people apart from the keeper. They
// stand in the definition, whose hash is in the log's first entry, so nobody can name others later.
struct Guardians {
  std::vector<note::Vkey> keys;  // of type ed25519; names and keys all different
  std::size_t needed = 0;        // signatures; 1 to keys.size(), or 0: there are none
};

struct Definition {
  std::string id;  // lower-case letters, digits, '-'
  Words title;
  std::vector<std::string> languages;  // the first is the default
  std::string date;                    // of the vote, YYYY-MM-DD

  UnitId country;
  Words country_name;
  std::vector<Level> levels;      // largest first, the country not among them; may be empty
  std::size_t station_width = 0;  // least length of a station's id; 0 if any

  Words contest;
  std::vector<Option> options;  // in the order in which every vector of votes stands; at least two

  Totals electors;  // registered voters
  Totals stations;  // stations that owe a sheet
  // Assumed maximum turnouts for which the judgement is worked out, largest first; 1 is always
  // there.
  std::vector<Fraction> turnout_caps;

  Rules rules;
  Acceptance acceptance;
  Guardians guardians;
  std::vector<SheetFormat> sheets;

  std::optional<Companion> roster;
  bool roster_complete = false;  // it lists every station, so one that it lacks is unknown
  std::optional<Companion> mapping;

  // Position of an option in `options` (and in every vector of votes), of a level in `levels`.
  std::optional<std::size_t> option_position(const OptionId& option) const;
  std::optional<std::size_t> level_position(const LevelId& level) const;
};

// Reads a definition. All or nothing: unknown keys, wrong types, doubled ids, a chosen total that
// is not there are bad_input, each with the line in `where` ("line 12") and the reason.
Result<Definition> parse_definition(std::string_view toml);

}  // namespace scr::election
