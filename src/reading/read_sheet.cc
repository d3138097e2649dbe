// SPDX-License-Identifier: Apache-2.0
#include "reading/read_sheet.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "election/sheet_payload.h"
#include "picture/decode.h"
#include "print/numbers.h"
#include "print/rails.h"
#include "qr/known.h"
#include "reading/handwritten.h"
#include "reading/joint.h"
#include "reading/paper.h"
#include "reading/sheet_codes.h"

namespace scr::reading {
namespace {

// Rows this clear are rows; what a picture without a table gives stays well below.
constexpr double kClear = 0.12;
// Natural logarithms. A number that is so much likelier than any other is sure.
constexpr double kSure = 4;
// One that says what the code says needs less to be believed.
constexpr double kConfirms = 2;
// At half size, of a number that the code does not tell: of 800, looking at the whole picture
// changed none that was so likely.
constexpr double kSettled = 3;
// One that contradicts the code must be likelier than what the code says, and than any third: by
// more where the print as a whole is hard to read, because misreadings are likelier there.
struct Threshold {
  double against_code;
  double against_others;
};
constexpr Threshold kPlain{3, 2};
constexpr Threshold kHard{5, 3.5};
constexpr double kPlainShare = 0.85;  // of numbers that are sure
// Places in one picture at which the print is read to help.
constexpr std::size_t kMostGrids = 2;
// Payloads by print that are tried on one symbol.
constexpr std::size_t kMostPayloads = 27;

SheetCode code_of(const qr::Symbol& symbol, bool ink_removed) {
  SheetCode code;
  code.payload = symbol.message.payload;
  code.stage = qr::name_of(symbol.stage);
  code.ink_removed = ink_removed;
  code.errors = symbol.errors;
  code.erasures = symbol.erasures;
  code.margin = symbol.margin;
  code.corners = whole(symbol.corners);
  return code;
}

// Pixels from which on a page is as easy to read at half size, in much less time.
constexpr std::int64_t kLarge = 2'400'000;

// True if a sheet may have other codes or boxes to look for.
bool asks_for_more(const election::Definition& definition) {
  return has_form(definition) ||
         std::any_of(definition.sheets.begin(), definition.sheets.end(), [](const auto& format) {
           return std::any_of(format.codes.begin(), format.codes.end(),
                              [](const std::string& code) { return code != "qr"; });
         });
}

// True if rows were taken for their neighbours: what contradicts the code in one row is what the
// code says of the next.
bool slipped(const std::vector<std::optional<std::uint64_t>>& coded,
             const std::vector<std::pair<std::size_t, std::uint64_t>>& contradicting) {
  int like_neighbours = 0;
  std::size_t such = 0;
  for (const auto& [row, printed] : contradicting) {
    const bool above = row > 0 && coded[row - 1] == printed;
    const bool below = row + 1 < coded.size() && coded[row + 1] == printed;
    // Small numbers are alike by chance.
    if (!above && !below) continue;
    like_neighbours += printed < 10 ? 1 : 2;
    ++such;
  }
  return like_neighbours >= 2 && 2 * such >= contradicting.size();
}

// What differs without contradicting was misread. Where there is much of that, and more than what
// contradicts, the latter was misread as well: no sheet is called altered for it.
bool misread(int differing, int contradicting, int compared) {
  constexpr double kMuch = 0.08;  // of the compared: four of 44
  return differing > contradicting && differing > kMuch * compared;
}

// False for a scan in greys, on which the brightest channel shows nothing new.
bool has_colours(const image::Rgb& picture) {
  constexpr std::size_t kEvery = 3 * 61;  // bytes: enough to see a pen's stroke
  constexpr int kColoured = 24;  // channels of grey paper differ by less, compressed or not
  std::size_t coloured = 0;
  std::size_t seen = 0;
  for (std::size_t i = 0; i + 2 < picture.pixels.size(); i += kEvery, ++seen) {
    const auto [least, most] =
        std::minmax({picture.pixels[i], picture.pixels[i + 1], picture.pixels[i + 2]});
    if (most - least > kColoured) ++coloured;
  }
  return coloured * 2000 > seen;
}

// True if a point lies within four corners that go round clockwise.
bool surrounds(const image::Quad& quad, image::Point at) {
  for (std::size_t i = 0; i < 4; ++i) {
    const image::Point a = quad[i];
    const image::Point b = quad[(i + 1) % 4];
    if ((b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x) < 0) return false;
  }
  return true;
}

int whole_and_positive(double value) {
  return static_cast<int>(std::lround(std::clamp(value, 0.0, 1e6)));
}

std::array<int, 2> at_end(const print::PlacedRow& row) {
  return {whole_and_positive(row.end.x), whole_and_positive(row.end.y)};
}

std::vector<const print::PlacedRow*> rows_with_numbers(const SheetForm& form,
                                                       const print::Placement& placement) {
  std::vector<const print::PlacedRow*> rows;
  for (std::size_t i = 0; i < placement.rows.size(); ++i) {
    if (form.layout.rows[i].kind == print::RowKind::number) rows.push_back(&placement.rows[i]);
  }
  return rows;
}

// Every number of a placed table, and who read them.
struct ReadNumbers {
  print::NumberReader reader;
  std::vector<print::NumberReading> numbers;
  int sure = 0;

  bool plain() const { return sure >= kPlainShare * static_cast<double>(numbers.size()); }
};

ReadNumbers read_numbers(const image::Gray& picture, const print::Layout& layout,
                         const print::Placement& placement, print::Focus focus) {
  ReadNumbers read{{picture, layout, placement, focus}, {}, 0};
  for (std::size_t i = 0; i < read.reader.size(); ++i) {
    read.numbers.push_back(read.reader.read(i));
    if (read.numbers.back().odds >= kSure) ++read.sure;
  }
  return read;
}

// What is hard to read is read as blurred too, and taken so if more of it is sure.
ReadNumbers read_numbers(const image::Gray& picture, const print::Layout& layout,
                         const print::Placement& placement) {
  ReadNumbers sharp = read_numbers(picture, layout, placement, print::Focus::sharp);
  if (sharp.plain()) return sharp;
  ReadNumbers blurred = read_numbers(picture, layout, placement, print::Focus::blurred);
  if (blurred.sure > sharp.sure) return blurred;
  return sharp;
}

// The best few for people, each with its share of the belief in all that come to mind.
std::vector<LikelyNumber> likely(const print::NumberReading& number) {
  constexpr std::size_t kThoughtOf = 120;
  constexpr std::size_t kShown = 3;
  constexpr std::int64_t kLeast = 1'000;  // millionths
  const std::vector<std::uint64_t> values = number.likeliest(kThoughtOf);
  const double best = number.belief(values.front());
  double all = 0;
  for (const std::uint64_t value : values) all += std::exp(number.belief(value) - best);
  std::vector<LikelyNumber> likeliest;
  for (const std::uint64_t value : values) {
    const auto share = std::llround(1e6 * std::exp(number.belief(value) - best) / all);
    if (likeliest.size() == kShown || (!likeliest.empty() && share < kLeast)) break;
    likeliest.push_back({value, share});
  }
  return likeliest;
}

// What the print says where no code confirms it.
PrintReading for_people(const SheetForm& form, const print::Placement& placement,
                        const ReadNumbers& read) {
  PrintReading reading;
  reading.sure = read.sure;
  const auto rows = rows_with_numbers(form, placement);
  for (std::size_t i = 0; i < read.numbers.size(); ++i) {
    reading.numbers.push_back(read.numbers[i].value);
    reading.rows.push_back({form.numbers[i].name, at_end(*rows[i]), likely(read.numbers[i])});
  }
  return reading;
}

}  // namespace

Corners whole(const image::Quad& quad) {
  Corners corners{};
  for (std::size_t i = 0; i < 4; ++i) {
    corners[2 * i] = static_cast<int>(std::lround(std::clamp(quad[i].x, 0.0, 1e6)));
    corners[2 * i + 1] = static_cast<int>(std::lround(std::clamp(quad[i].y, 0.0, 1e6)));
  }
  return corners;
}

SheetReader::SheetReader(const election::Definition& definition, bool name_foreign)
    : definition_(definition), forms_(forms_of(definition)), name_foreign_(name_foreign) {
  for (const election::SheetFormat& format : definition_.sheets) {
    for (std::string& example : payload_examples(format)) examples_.push_back(std::move(example));
  }
}

std::optional<PrintReading> SheetReader::read_print(const image::Gray& picture,
                                                    const image::Quad& code, int modules,
                                                    const std::string& payload, bool* clear) const {
  for (const SheetForm& form : forms_) {
    const auto said = election::parse_sheet_payload(payload, definition_, form.format);
    if (!said) continue;
    const auto placement = print::place_rows(picture, code, modules, form.layout);
    if (!placement || placement->clarity < kClear) continue;
    const ReadNumbers read = read_numbers(picture, form.layout, *placement);
    const print::NumberReader& reader = read.reader;
    const bool plain = read.plain();
    const auto rows = rows_with_numbers(form, *placement);
    PrintReading reading;
    reading.sure = read.sure;
    std::vector<std::optional<std::uint64_t>> coded;
    std::vector<std::pair<std::size_t, print::NumberReading>> other;  // than the code says, by row
    bool all_clear = true;
    for (std::size_t i = 0; i < reader.size(); ++i) {
      print::NumberReading number = read.numbers[i];
      coded.push_back(expected(form.numbers[i], *said));
      all_clear = all_clear && number.odds >= (coded[i] ? kConfirms : kSettled) &&
                  coded[i].value_or(number.value) == number.value;
      if (coded[i] && number.value != *coded[i]) number = reader.read_carefully(i);
      if (coded[i]) ++reading.compared;
      if (coded[i] && number.value == *coded[i]) ++reading.agree;
      if (coded[i] && number.value != *coded[i]) other.emplace_back(i, number);
      reading.numbers.push_back(number.value);
    }
    // Hard to read, and little of it as the code says: the rows are not where they were taken to
    // be.
    if (!plain && 2 * reading.agree < reading.compared) continue;
    const Threshold threshold = plain ? kPlain : kHard;
    std::vector<std::pair<std::size_t, std::uint64_t>> contradicting;
    for (const auto& [i, number] : other) {
      const double against = number.belief(number.value) - number.belief(*coded[i]);
      if (against < threshold.against_code || number.odds < threshold.against_others) continue;
      const std::size_t digits = std::to_string(std::max(number.value, *coded[i])).size();
      if (!reader.on_even_paper(i, digits)) continue;
      contradicting.emplace_back(i, number.value);
      reading.contradictions.push_back(
          {form.numbers[i].name, number.value, *coded[i], at_end(*rows[i])});
    }
    if (slipped(coded, contradicting)) continue;
    const auto said_otherwise = static_cast<int>(contradicting.size());
    if (misread(reading.compared - reading.agree - said_otherwise, said_otherwise,
                reading.compared))
      reading.contradictions.clear();
    if (clear != nullptr) *clear = all_clear;
    return reading;
  }
  return std::nullopt;
}

std::optional<ReadSheet> SheetReader::read_jointly(const image::Gray& picture,
                                                   const std::vector<qr::SoftGrid>& grids,
                                                   bool ink_removed,
                                                   std::optional<PrintReading>& print) const {
  for (const qr::SoftGrid& grid : std::span(grids).first(std::min(grids.size(), kMostGrids))) {
    for (const SheetForm& form : forms_) {
      const auto placement =
          print::place_rows(picture, grid.corners, qr::size_of(grid.version), form.layout);
      if (!placement || placement->clarity < kClear) continue;
      const ReadNumbers read = read_numbers(picture, form.layout, *placement);
      // Folds shift parts of a symbol: what the print tells of it shows where they went.
      const auto payloads = payloads_by_print(form, read.numbers, kMostPayloads);
      std::optional<qr::SoftGrid> anew;
      if (!payloads.empty()) anew = qr::laid_anew(picture, grid, payloads.front());
      for (const std::vector<std::string>& examples : payloads) {
        auto symbol = qr::read_knowing(grid, examples);
        if (!symbol && anew) symbol = qr::read_knowing(*anew, examples);
        if (!symbol) continue;
        if (!election::parse_sheet_payload(symbol->message.payload, definition_, form.format))
          continue;
        ReadSheet sheet{code_of(*symbol, ink_removed), {}, {}, {}};
        sheet.code->stage = "joint";
        sheet.print =
            read_print(picture, grid.corners, qr::size_of(grid.version), symbol->message.payload);
        return sheet;
      }
      if (!print || read.sure > print->sure) print = for_people(form, *placement, read);
    }
  }
  return std::nullopt;
}

std::optional<qr::Symbol> SheetReader::symbol_in_half(const image::Gray& half) const {
  constexpr int kApart = 3;
  qr::Effort effort;
  effort.only_first_looks = true;
  effort.apart = kApart;
  qr::Reading reading = qr::read(half, effort);
  if (reading.symbols.size() != 1 || reading.symbols.front().message.part) return std::nullopt;
  qr::Symbol& symbol = reading.symbols.front();
  const bool of_a_sheet = definition_.sheets.empty() ||
                          election::parse_sheet_payload(symbol.message.payload, definition_);
  if (!of_a_sheet) return std::nullopt;
  return std::move(symbol);
}

ReadSheet SheetReader::read_at(const image::Gray& picture, const qr::Symbol& symbol,
                               bool ink_removed, bool* clear) const {
  ReadSheet sheet{code_of(symbol, ink_removed), {}, {}, {}};
  sheet.print = read_print(picture, symbol.corners, qr::size_of(symbol.version),
                           symbol.message.payload, clear);
  if (auto other = code_beside(picture, symbol)) {
    if (clear != nullptr) *clear = false;
    sheet.others.push_back(std::move(*other));
  }
  return sheet;
}

// A second sheet on one picture must not go unnoticed. It is looked for where there is room for it.
std::optional<OtherCode> SheetReader::code_beside(const image::Gray& picture,
                                                  const qr::Symbol& symbol) const {
  constexpr double kRoom = 1.9;  // sheets' widths, from edge to edge of the picture
  if (forms_.empty()) return std::nullopt;
  const print::Layout& layout = forms_.front().layout;
  const image::Point across{symbol.corners[1].x - symbol.corners[0].x,
                            symbol.corners[1].y - symbol.corners[0].y};
  const double side = std::hypot(across.x, across.y);
  const double sheet = side * layout.width / (layout.module * qr::size_of(symbol.version));
  const double room =
      (std::abs(across.x) * picture.width + std::abs(across.y) * picture.height) / side;
  if (room < kRoom * sheet) return std::nullopt;
  image::Gray rest = picture;
  for (int y = 0; y < rest.height; ++y) {
    for (int x = 0; x < rest.width; ++x) {
      if (surrounds(symbol.corners, {x + 0.5, y + 0.5})) rest.at(x, y) = 255;
    }
  }
  qr::Effort effort;
  effort.only_first_looks = true;
  const qr::Reading reading = qr::read(rest, effort);
  if (reading.symbols.empty()) return std::nullopt;
  const qr::Symbol& other = reading.symbols.front();
  return OtherCode{"qr", other.message.payload, whole(other.corners)};
}

ReadSheet SheetReader::read(ByteView file) const {
  const auto half = picture::decode_gray_half(file, kLarge);
  std::optional<likeness::Fingerprint> fingerprint;
  if (half) fingerprint = likeness::fingerprint_of(*half);
  std::optional<qr::Symbol> symbol;
  if (half && !asks_for_more(definition_)) symbol = symbol_in_half(*half);
  if (symbol) {
    bool clear = forms_.empty();
    ReadSheet sheet = read_at(*half, *symbol, false, &clear);
    for (image::Point& corner : symbol->corners) corner = {2 * corner.x, 2 * corner.y};
    sheet.code->corners = whole(symbol->corners);
    sheet.fingerprint = fingerprint;
    if (clear) return sheet;
  }
  const auto gray = picture::decode_gray(file);
  if (!gray) return {std::nullopt, picture::name_of(gray.error().refusal), {}, {}};
  ReadSheet sheet = symbol ? read_at(*gray, *symbol, false) : read_picture(*gray, file);
  read_other_codes(*gray, definition_, name_foreign_ ? Foreign::name : Foreign::leave, sheet);
  if (sheet.code && has_form(definition_)) {
    if (const auto colours = picture::decode_rgb(file))
      sheet.form = place_form(image::darkest_channel_of(*colours), definition_, sheet);
  }
  sheet.fingerprint = fingerprint ? fingerprint : likeness::fingerprint_of(*gray);
  return sheet;
}

ReadSheet SheetReader::read_picture(const image::Gray& gray, ByteView file) const {
  qr::Effort quick;
  quick.only_first_looks = true;
  qr::Reading first = qr::read(gray, quick);
  // Of a message cut into parts, others may be there that a first look does not see.
  if (!first.symbols.empty() && !first.symbols.front().message.part)
    return read_at(gray, first.symbols.front(), false);
  qr::Effort effort;
  effort.examples = examples_;
  // Pens and stamps have colours; print has none.
  image::Gray inkless;
  if (const auto colours = picture::decode_rgb(file)) {
    if (has_colours(*colours)) inkless = image::brightest_channel_of(*colours);
  }
  std::optional<PrintReading> print;
  bool seen = false;
  const auto look_at = [&](const image::Gray& picture,
                           bool ink_removed) -> std::optional<ReadSheet> {
    const qr::Reading reading = qr::read(picture, effort);
    if (!reading.symbols.empty()) return read_at(picture, reading.symbols.front(), ink_removed);
    seen = seen || !reading.unread.empty();
    return read_jointly(picture, reading.unread, ink_removed, print);
  };
  const bool coloured = !inkless.empty();
  const image::Gray& uninked = coloured ? inkless : gray;
  if (auto sheet = look_at(uninked, coloured)) return *sheet;
  // Shadows and folds away: of no use to most, but neither is anything else by now.
  if (auto sheet = look_at(evenly_lit(uninked), coloured)) return *sheet;
  // A code in coloured ink went with the ink.
  if (coloured && !seen) {
    if (auto sheet = look_at(gray, false)) return *sheet;
  }
  if (picture::ends_early(file)) return {std::nullopt, "truncated", std::move(print), {}};
  return {std::nullopt, seen ? "code-unreadable" : "no-code", std::move(print), {}};
}

}  // namespace scr::reading
