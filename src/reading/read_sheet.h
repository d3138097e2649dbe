// SPDX-License-Identifier: Apache-2.0
//
// A picture of a sheet, read twice: the QR code that is printed on it, and the numbers that people
// read. Where the two differ, that is said and nothing is chosen; where the code is beyond repair,
// the print helps to read it (qr/known.h).
//
//   SheetReader reader(definition);                  // once
//   ReadSheet read = reader.read(bytes);             // in a worker: the bytes are a stranger's
//   std::string answer = to_text(read);              // across to whoever asked
//   SCR_TRY(same, read_sheet_from_text(answer));
//
// Pure: the same bytes give the same reading on every machine. Any thread.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "election/definition.h"
#include "image/image.h"
#include "likeness/fingerprint.h"
#include "qr/read.h"
#include "reading/form.h"

namespace scr::reading {

// x, y of top left, top right, bottom right, bottom left; pixels, >= 0.
using Corners = std::array<int, 8>;
// To the nearest pixel; what lies outside the picture, above or to the left, is moved to its edge.
Corners whole(const image::Quad& quad);

struct SheetCode {
  std::string payload;
  std::string stage;         // of qr/read.h: how hard it was; "joint": with help of the print
  bool ink_removed = false;  // read on the brightest colour channel
  int errors = 0;            // bytes corrected
  int erasures = 0;          // bytes taken as unknown
  int margin = 0;            // parity bytes to spare in the hardest block
  Corners corners{};
  std::string symbology = "qr";  // of election::kSymbologies
};

// A code beside the one that says which sheet it is, or of another sheet on the same picture.
struct OtherCode {
  std::string symbology;
  std::string payload;
  Corners corners{};
};

// Of a form that is filled in by hand (election::HandwrittenForm): where to look. What stands in
// the boxes is for people to type.
struct FormRow {
  std::string name;            // a line's id or a total
  std::vector<Corners> boxes;  // one for each digit, from the left; at least one
  std::optional<Corners> words;
};

struct FormReading {
  std::string format;  // SheetFormat::id
  int clarity = 0;     // per cent: how dark the boxes' outlines are where they should be
  std::vector<FormRow> rows;
};

// A number on which print and code contradict each other.
struct Contradiction {
  std::string name;  // of the row: PrintedNumber::name
  std::uint64_t printed = 0;
  std::uint64_t coded = 0;
  // Where the printed number stands: x, y of its middle; pixels, >= 0.
  std::array<int, 2> at{};
};

// What a printed number may be, for people who have to decide; best first. `millionths`: its share
// of belief among all numbers that were thought of.
struct LikelyNumber {
  std::uint64_t value = 0;
  std::int64_t millionths = 0;
};

struct PrintedRow {
  std::string name;         // PrintedNumber::name
  std::array<int, 2> at{};  // where its number ends; pixels, >= 0
  std::vector<LikelyNumber> likeliest;
};

struct PrintReading {
  std::vector<std::uint64_t> numbers;  // one for each row with a number, top to foot: the likeliest
  int sure = 0;                        // of these, how many it is sure of
  int compared = 0;                    // with what the code says
  int agree = 0;                       // of the compared
  std::vector<Contradiction> contradictions;
  std::vector<PrintedRow> rows;  // only where no code was read
};

struct ReadSheet {
  std::optional<SheetCode> code;
  // If not: "not-a-picture", "too-large", "truncated", "corrupt", "no-code" (none was seen),
  // "code-unreadable" (one was seen and could not be corrected), "codes-differ" (two codes name two
  // stations), "foreign-code" (its kind may not say which sheet it is).
  std::string unread;
  std::optional<PrintReading> print;                 // if the rows were found
  std::optional<likeness::Fingerprint> fingerprint;  // if the file is a picture
  std::optional<FormReading> form;  // if the code is that of a form and its boxes were found
  std::vector<OtherCode> others;
};

class SheetReader {
 public:
  // Copies what it needs. Without a definition only codes are read.
  SheetReader() = default;
  // `name_foreign`: also say what codes of other kinds there are where there is no QR code.
  explicit SheetReader(const election::Definition& definition, bool name_foreign = false);

  ReadSheet read(ByteView file) const;

 private:
  // The only code that is read at first sight, if it is a sheet's.
  std::optional<qr::Symbol> symbol_in_half(const image::Gray& half) const;
  ReadSheet read_at(const image::Gray& picture, const qr::Symbol& symbol, bool ink_removed,
                    bool* clear = nullptr) const;
  std::optional<OtherCode> code_beside(const image::Gray& picture, const qr::Symbol& symbol) const;
  ReadSheet read_picture(const image::Gray& picture, ByteView file) const;
  // The numbers about a code that lies there, compared with what it says if that is known.
  // `clear`, if asked for and rows were found: that nothing is open, so that a larger picture would
  // show nothing else.
  std::optional<PrintReading> read_print(const image::Gray& picture, const image::Quad& code,
                                         int modules, const std::string& payload,
                                         bool* clear = nullptr) const;
  std::optional<ReadSheet> read_jointly(const image::Gray& picture,
                                        const std::vector<qr::SoftGrid>& grids, bool ink_removed,
                                        std::optional<PrintReading>& print) const;

  election::Definition definition_;
  std::vector<SheetForm> forms_;
  std::vector<std::string> examples_;  // of payloads
  bool name_foreign_ = false;
};

std::string to_text(const ReadSheet& read);
// bad_input unless it is what to_text makes.
Result<ReadSheet> read_sheet_from_text(std::string_view text);

}  // namespace scr::reading
