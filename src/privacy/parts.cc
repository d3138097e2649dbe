// SPDX-License-Identifier: Apache-2.0
#include "privacy/parts.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "canon/document.h"
#include "canon/writer.h"
#include "election/sheet_payload.h"
#include "image/warp.h"
#include "picture/decode.h"
#include "print/rails.h"
#include "qr/read.h"
#include "reading/form.h"
#include "reading/handwritten.h"
#include "reading/paper.h"

namespace scr::privacy {
namespace {

using image::Point;
using image::Quad;

// Rows this clear are rows (as in reading/read_sheet.cc).
constexpr double kClear = 0.12;
constexpr std::size_t kMostParts = 1000;
constexpr double kMostPixels = 1e6;

struct FoundCode {
  Quad corners;
  int modules = 0;
  std::string payload;  // empty: there is a code, and it could not be read
};

std::optional<FoundCode> found_in(const image::Gray& picture) {
  const qr::Reading reading = qr::read(picture);
  const auto modules = [](int version) { return 17 + 4 * version; };
  if (!reading.symbols.empty()) {
    const qr::Symbol& symbol = reading.symbols.front();
    return FoundCode{symbol.corners, modules(symbol.version), symbol.message.payload};
  }
  if (reading.unread.empty()) return std::nullopt;
  return FoundCode{reading.unread.front().corners, modules(reading.unread.front().version), {}};
}

// The first look that reads it, else one that sees it.
std::optional<FoundCode> code_in(const image::Rgb& rgb, const image::Gray& gray) {
  std::optional<FoundCode> seen;
  const auto read_in = [&](const image::Gray& picture) {
    auto found = found_in(picture);
    const bool read = found && !found->payload.empty();
    if (read || !seen) seen = std::move(found);
    return read;
  };
  if (read_in(gray)) return seen;
  // What is written across a code in coloured ink fades there.
  const image::Gray inkless = image::brightest_channel_of(rgb);
  if (!read_in(inkless)) read_in(reading::evenly_lit(inkless));
  return seen;
}

Point moved(const print::PlacedRow& row, double across, double down) {
  return {row.end.x + across * row.across.x + down * row.down.x,
          row.end.y + across * row.across.y + down * row.down.y};
}

Quad piece(const print::PlacedRow& row, double left, double top, double right, double foot) {
  return {moved(row, left, top), moved(row, right, top), moved(row, right, foot),
          moved(row, left, foot)};
}

// How many of `down` it is from a point to the line through the code's upper side; nothing if they
// are parallel.
std::optional<double> down_to(const Quad& code, Point from, Point down) {
  const Point side{code[1].x - code[0].x, code[1].y - code[0].y};
  const double parallel = down.x * side.y - down.y * side.x;
  if (std::abs(parallel) < 1e-9) return std::nullopt;
  return ((code[0].x - from.x) * side.y - (code[0].y - from.y) * side.x) / parallel;
}

// From below the last total to the code, a little wider than the rows.
std::optional<Quad> above_code(const print::PlacedRow& last, const print::Layout& layout,
                               const Quad& code) {
  const double left = -layout.width - 2 * layout.letter;
  const double right = 3 * layout.letter;
  const double top = 0.7 * layout.pitch;
  const auto at_left = down_to(code, moved(last, left, 0), last.down);
  const auto at_right = down_to(code, moved(last, right, 0), last.down);
  const double margin = 2 * layout.module;
  if (!at_left || !at_right || *at_left < 2 * layout.pitch || *at_right < 2 * layout.pitch)
    return std::nullopt;
  return Quad{moved(last, left, top), moved(last, right, top),
              moved(last, right, *at_right - margin), moved(last, left, *at_left - margin)};
}

// The numbers of a printed sheet, and what stands between them and the code.
bool add_printed(const image::Gray& picture, const FoundCode& code,
                 const election::Definition& definition, SheetParts& parts) {
  for (const reading::SheetForm& form : reading::forms_of(definition)) {
    if (!code.payload.empty() &&
        !election::parse_sheet_payload(code.payload, definition, form.format))
      continue;
    const auto placed = print::place_rows(picture, code.corners, code.modules, form.layout);
    if (!placed || placed->clarity < kClear) continue;
    std::size_t number = 0;
    for (std::size_t i = 0; i < placed->rows.size(); ++i) {
      if (form.layout.rows[i].kind != print::RowKind::number) continue;
      const double half = form.layout.pitch / 2;
      // With the words before it: a number is worth nothing without its name.
      parts.figures.push_back(
          {form.numbers[number++].name,
           piece(placed->rows[i], -form.layout.width, -half, 0.5 * form.layout.letter, half)});
    }
    if (!form.format.print->personal_above_code) return true;
    if (const auto where = above_code(placed->rows.back(), form.layout, code.corners))
      parts.personal.push_back({"names and signatures", *where});
    return true;
  }
  return false;
}

Quad quad_of(const reading::Corners& corners) {
  Quad quad;
  for (std::size_t i = 0; i < 4; ++i)
    quad[i] = {static_cast<double>(corners[2 * i]), static_cast<double>(corners[2 * i + 1])};
  return quad;
}

// What lies farthest to the left and to the right of a row, on the page and in the picture: boxes,
// or words on either side of them.
struct RowEnds {
  election::Place left, right;
  Quad seen_left, seen_right;
};
RowEnds ends_of(const election::BoxRow& row, const reading::FormRow& seen) {
  RowEnds ends{row.boxes, row.boxes, quad_of(seen.boxes.front()), quad_of(seen.boxes.back())};
  if (!row.words || !seen.words) return ends;
  const Quad words = quad_of(*seen.words);
  if ((*row.words)[0] < row.boxes[0]) {
    ends.left = *row.words;
    ends.seen_left = words;
  }
  if ((*row.words)[2] > row.boxes[2]) {
    ends.right = *row.words;
    ends.seen_right = words;
  }
  return ends;
}

// From the page of a form to the picture, by its rows that lie farthest apart.
image::Homography map_of(const election::HandwrittenForm& form, const reading::FormReading& seen) {
  std::size_t top = 0;
  std::size_t foot = 0;
  for (std::size_t i = 0; i < form.rows.size(); ++i) {
    if (form.rows[i].boxes[1] < form.rows[top].boxes[1]) top = i;
    if (form.rows[i].boxes[3] > form.rows[foot].boxes[3]) foot = i;
  }
  const RowEnds above = ends_of(form.rows[top], seen.rows[top]);
  const RowEnds below = ends_of(form.rows[foot], seen.rows[foot]);
  const Quad page{Point{above.left[0], above.left[1]},
                  {above.right[2], above.right[1]},
                  {below.right[2], below.right[3]},
                  {below.left[0], below.left[3]}};
  const Quad there{above.seen_left[0], above.seen_right[1], below.seen_right[2],
                   below.seen_left[3]};
  return image::Homography::between(page, there);
}

void add_form(const image::Gray& darkest, const FoundCode& code,
              const election::Definition& definition, SheetParts& parts) {
  reading::ReadSheet sheet;
  sheet.code = reading::SheetCode{.payload = code.payload, .corners = reading::whole(code.corners)};
  const auto seen = reading::place_form(darkest, definition, sheet);
  if (!seen) return;
  for (const reading::FormRow& row : seen->rows) {
    for (const reading::Corners& box : row.boxes) parts.figures.push_back({row.name, quad_of(box)});
    if (row.words) parts.figures.push_back({row.name, quad_of(*row.words)});
  }
  for (const election::SheetFormat& format : definition.sheets) {
    if (format.id != seen->format || !format.form) continue;
    const image::Homography map = map_of(*format.form, *seen);
    for (const election::PersonalPart& part : format.form->personal) {
      const auto [left, top, right, foot] = part.place;
      parts.personal.push_back(
          {part.what, {map(left, top), map(right, top), map(right, foot), map(left, foot)}});
    }
  }
}

std::optional<Part> part_in(canon::Node node) {
  if (node.kind() != canon::Kind::array || node.size() != 9) return std::nullopt;
  if (node[0].kind() != canon::Kind::text) return std::nullopt;
  Part part{std::string(node[0].text()), {}};
  for (std::size_t i = 0; i < 8; ++i) {
    const canon::Node number = node[i + 1];
    const bool sound = number.kind() == canon::Kind::integer &&
                       std::abs(static_cast<double>(number.integer())) <= kMostPixels;
    if (!sound) return std::nullopt;
    Point& corner = part.where[i / 2];
    (i % 2 == 0 ? corner.x : corner.y) = static_cast<double>(number.integer());
  }
  return part;
}

std::optional<std::vector<Part>> list_in(canon::Node object, std::string_view key) {
  const auto list = object.find(key);
  if (!list || list->kind() != canon::Kind::array || list->size() > kMostParts) return std::nullopt;
  std::vector<Part> parts;
  for (const canon::Node node : *list) {
    auto part = part_in(node);
    if (!part) return std::nullopt;
    parts.push_back(std::move(*part));
  }
  return parts;
}

void write_list(canon::Writer& out, std::string_view key, const std::vector<Part>& parts) {
  out.key(key).begin_array();
  for (const Part& part : parts) {
    out.begin_array().text(part.what);
    for (const Point& corner : part.where) {
      for (const double value : {corner.x, corner.y}) {
        const bool sound = std::isfinite(value);
        out.integer(sound ? std::lround(std::clamp(value, -kMostPixels, kMostPixels)) : 0);
      }
    }
    out.end_array();
  }
  out.end_array();
}

}  // namespace

SheetParts parts_of(ByteView file, const election::Definition& definition) {
  SheetParts parts;
  const auto rgb = picture::decode_rgb(file);
  if (!rgb || rgb->width < 2 || rgb->height < 2) return parts;
  const image::Gray gray = image::luma_of(*rgb);
  const auto code = code_in(*rgb, gray);
  if (!code) return parts;
  parts.figures.push_back({"code", code->corners});
  if (!add_printed(gray, *code, definition, parts) && !code->payload.empty())
    add_form(image::darkest_channel_of(*rgb), *code, definition, parts);
  return parts;
}

std::string to_text(const SheetParts& parts) {
  canon::Writer out;
  out.begin_object();
  write_list(out, "figures", parts.figures);
  write_list(out, "personal", parts.personal);
  out.end_object();
  return out.take();
}

Result<SheetParts> parts_from_text(std::string_view text) {
  canon::Document document;
  SCR_TRY_VOID(document.parse(text, {std::size_t{1} << 20, 4, false}));
  const canon::Node root = document.root();
  auto figures = list_in(root, "figures");
  auto personal = list_in(root, "personal");
  if (!figures || !personal || root.size() != 2)
    return fail(ErrorCode::bad_input, "not the parts of a sheet");
  return SheetParts{std::move(*personal), std::move(*figures)};
}

}  // namespace scr::privacy
