// SPDX-License-Identifier: Apache-2.0
//
// What a sheet says, and the sheet as it leaves the printer: 203 dots an inch, black or not.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "forge/chance.h"
#include "forge/font.h"
#include "forge/stroke.h"
#include "image/image.h"
#include "qr/code.h"

namespace scr::forge {

// The figures of one station as the machine there counted them.
struct Figures {
  std::string code;                  // "010113042.01.1.0001"
  std::vector<std::string> places;   // names of its units, largest first
  std::vector<std::uint64_t> lines;  // in ballot order
  std::uint64_t null = 0;
  std::uint64_t invalid = 0;
  std::uint64_t registered = 0;

  std::uint64_t valid() const;
  std::uint64_t cast() const { return valid() + null + invalid; }
};

// What is false about a sheet.
enum class Forgery {
  none,
  digit,            // one printed number is not what the code says; the printed sums stay
  other_code,       // the code of another sheet
  both_bad_sums,    // print and code altered alike; the printed sums are those of before
  both_consistent,  // print, code and sums altered alike: nothing on the sheet shows it
};
const char* name_of(Forgery forgery);

struct SheetPlan {
  Figures printed;
  Figures in_code;  // of which the payload is made
  std::uint64_t printed_valid = 0;
  std::uint64_t printed_cast = 0;
  bool has_code = true;
  Forgery forgery = Forgery::none;
};
SheetPlan plan_of(const Figures& figures, Forgery forgery, Chance& chance);

// The lines in the order in which Figures has them: the ballot's, or where the format has none,
// that of the options.
std::vector<election::LineId> order_of_lines(const election::Definition& definition);

// By the format's grammar. bad_input if a number has more digits than that allows.
Result<std::string> payload_of(const Figures& figures, const election::SheetFormat& format);

struct Field {
  std::string kind;  // code vote valid null invalid total cuaderno re; boxes: written by hand
  std::string text;  // of boxes: one character each, ' ' where nothing is written
  image::Quad number;
  image::Quad line;
  std::string name;  // of a row of boxes
};

struct Print {
  image::Gray dots;  // 0 black, 255 paper
  std::vector<Field> fields;
  qr::Modules code;          // size 0 if there is none
  image::Quad code_corners;  // in dots
  qr::Level level = qr::Level::M;
  std::string payload;
  std::vector<Stroke> ink;  // written by hand before anything happened to the sheet
};

inline constexpr int kDotsPerModule = 5;
inline constexpr int kDotsAcross = 576;  // 72 mm

// bad_input if the definition has no sheet format or the payload does not fit the code.
Result<Print> print_sheet(const SheetPlan& plan, const election::Definition& definition,
                          const Font& font, qr::Level level, int version);

}  // namespace scr::forge
