// SPDX-License-Identifier: Apache-2.0
#include "reading/handwritten.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "boxes/cut.h"
#include "boxes/place.h"
#include "election/sheet_payload.h"
#include "picture/decode.h"

namespace scr::reading {
namespace {

// Outlines this clear are outlines; what a page without boxes gives stays well below.
constexpr double kClearBoxes = 0.12;
constexpr int kWidest = 40 * kCropHeight;

boxes::Part part_of(const election::Place& place) {
  return {place[0], place[1], place[2], place[3]};
}

boxes::Layout layout_of(const election::HandwrittenForm& form) {
  boxes::Layout layout{form.width, form.height, part_of(form.code), {}};
  for (const election::BoxRow& row : form.rows) {
    boxes::Row one{part_of(row.boxes), row.digits, {}};
    if (row.words) one.words = part_of(*row.words);
    layout.rows.push_back(one);
  }
  for (const election::Place& frame : form.frames) layout.frames.push_back(part_of(frame));
  return layout;
}

image::Quad quad_of(const Corners& corners) {
  image::Quad quad;
  for (std::size_t i = 0; i < 4; ++i)
    quad[i] = {static_cast<double>(corners[2 * i]), static_cast<double>(corners[2 * i + 1])};
  return quad;
}

// By the QR code; where that does not show the boxes, or there is none, by the picture's edges.
std::optional<boxes::Placement> placed(const image::Gray& picture, const SheetCode& code,
                                       const boxes::Layout& layout) {
  std::optional<boxes::Placement> by_code;
  if (code.symbology == "qr") by_code = place_by_code(picture, quad_of(code.corners), layout);
  if (by_code && by_code->clarity >= kClearBoxes) return by_code;
  auto by_page = place_by_page(picture, layout);
  if (by_page && by_page->clarity >= kClearBoxes) return by_page;
  return std::nullopt;
}

FormReading reading_of(const election::SheetFormat& format, const boxes::Placement& placement) {
  FormReading reading;
  reading.format = format.id;
  reading.clarity = static_cast<int>(std::lround(100 * std::clamp(placement.clarity, 0.0, 1.0)));
  for (std::size_t i = 0; i < placement.rows.size(); ++i) {
    FormRow row;
    row.name = format.form->rows[i].name;
    for (const image::Quad& box : placement.rows[i].boxes) row.boxes.push_back(whole(box));
    if (placement.rows[i].words) row.words = whole(*placement.rows[i].words);
    reading.rows.push_back(std::move(row));
  }
  return reading;
}

void append_number(std::string& bytes, int number) {
  bytes += static_cast<char>(number >> 8 & 0xFF);
  bytes += static_cast<char>(number & 0xFF);
}

int take_number(std::string_view& bytes) {
  const int number =
      static_cast<unsigned char>(bytes[0]) << 8 | static_cast<unsigned char>(bytes[1]);
  bytes.remove_prefix(2);
  return number;
}

}  // namespace

bool has_form(const election::Definition& definition) {
  return std::any_of(definition.sheets.begin(), definition.sheets.end(),
                     [](const auto& format) { return format.form.has_value(); });
}

std::optional<FormReading> place_form(const image::Gray& darkest,
                                      const election::Definition& definition,
                                      const ReadSheet& sheet) {
  for (const election::SheetFormat& format : definition.sheets) {
    if (!format.form) continue;
    if (!election::parse_sheet_payload(sheet.code->payload, definition, format)) continue;
    if (const auto placement = placed(darkest, *sheet.code, layout_of(*format.form)))
      return reading_of(format, *placement);
  }
  return std::nullopt;
}

std::vector<Crop> cut_rows(ByteView file, const FormReading& form) {
  const auto picture = picture::decode_gray(file);
  if (!picture || picture->width < 2 || picture->height < 2) return {};
  std::vector<Crop> crops;
  for (std::size_t i = 0; i < form.rows.size(); ++i) {
    std::vector<image::Quad> parts;
    for (const Corners& box : form.rows[i].boxes) parts.push_back(quad_of(box));
    crops.push_back({i, false, boxes::cut_row(*picture, parts, kCropHeight)});
    if (!form.rows[i].words) continue;
    parts = {quad_of(*form.rows[i].words)};
    crops.push_back({i, true, boxes::cut_row(*picture, parts, kCropHeight)});
  }
  return crops;
}

std::string to_bytes(const std::vector<Crop>& crops) {
  std::string bytes;
  for (const Crop& crop : crops) {
    append_number(bytes, crop.picture.width);
    bytes.append(crop.picture.pixels.begin(), crop.picture.pixels.end());
  }
  return bytes;
}

Result<std::vector<Crop>> crops_from_bytes(std::string_view bytes, const FormReading& form) {
  const auto wrong = [] { return fail(ErrorCode::bad_input, "not the rows of this form"); };
  std::vector<Crop> crops;
  if (bytes.empty()) return crops;
  for (std::size_t i = 0; i < form.rows.size(); ++i) {
    for (const bool words : {false, true}) {
      if (words && !form.rows[i].words) continue;
      if (bytes.size() < 2) return wrong();
      const int width = take_number(bytes);
      const std::size_t size = static_cast<std::size_t>(width) * kCropHeight;
      if (width < 1 || width > kWidest || bytes.size() < size) return wrong();
      image::Gray picture{width, kCropHeight, {}};
      picture.pixels.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
      bytes.remove_prefix(size);
      crops.push_back({i, words, std::move(picture)});
    }
  }
  if (!bytes.empty()) return wrong();
  return crops;
}

}  // namespace scr::reading
