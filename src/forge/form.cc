// SPDX-License-Identifier: Apache-2.0
#include "forge/form.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "barcode/draw.h"
#include "forge/handwriting.h"
#include "qr/encode.h"

namespace scr::forge {
namespace {

using election::Place;
using image::Point;

constexpr int kOutline = 3;     // dots, of a box's edge
constexpr double kDash = 8;     // dots, and as much between two dashes
constexpr int kBarModule = 3;   // dots, of the narrowest bar in the margins
constexpr int kBarHeight = 60;  // dots
constexpr int kFromEdge = 22;   // dots, of the bars from the edge of the page
constexpr int kLetters = 34;    // height of letters, dots

// The page, in dots; places are in the definition's unit.
class Page {
 public:
  Page(const election::HandwrittenForm& form, int modules, const Font& font)
      : font_(font), unit_(modules * kDotsPerModule / (form.code[2] - form.code[0])) {
    dots = image::white(dot(form.width), dot(form.height));
  }

  image::Gray dots;

  int dot(double length) const { return static_cast<int>(std::lround(length * unit_)); }
  image::Quad quad_of(const Place& place) const {
    const double left = place[0] * unit_;
    const double top = place[1] * unit_;
    const double right = place[2] * unit_;
    const double foot = place[3] * unit_;
    return {Point{left, top}, {right, top}, {right, foot}, {left, foot}};
  }
  void fill(int left, int top, int right, int foot) {
    for (int y = std::max(0, top); y < std::min(foot, dots.height); ++y) {
      for (int x = std::max(0, left); x < std::min(right, dots.width); ++x) dots.at(x, y) = 0;
    }
  }
  void outline(const Place& place) {
    const int left = dot(place[0]), top = dot(place[1]), right = dot(place[2]),
              foot = dot(place[3]);
    const int half = kOutline / 2;
    for (const int y : {top, foot}) fill(left - half, y - half, right + half + 1, y + half + 1);
    for (const int x : {left, right}) fill(x - half, top - half, x + half + 1, foot + half + 1);
  }
  void write(std::string_view words, int left, int base, int height) {
    int x = left;
    for (const char letter : words) {
      const Glyph glyph = font_.glyph(static_cast<unsigned char>(letter), height);
      for (int row = 0; row < glyph.height; ++row) {
        for (int column = 0; column < glyph.width; ++column) {
          const int px = x + glyph.left + column;
          const int py = base - glyph.above + row;
          const bool inside = px >= 0 && py >= 0 && px < dots.width && py < dots.height;
          if (inside && glyph.black[static_cast<std::size_t>(row * glyph.width + column)])
            dots.at(px, py) = 0;
        }
      }
      x += font_.advance(height);
    }
  }
  // As large as fits into the place.
  void write_into(std::string_view words, const Place& place) {
    int height = kLetters;
    const int wide = dot(place[2]) - dot(place[0]);
    while (height > 10 && static_cast<int>(words.size()) * font_.advance(height) > wide) --height;
    write(words, dot(place[0]), dot(place[3]) - height / 3, height);
  }
  void symbol(const qr::Modules& modules, const Place& place) {
    const int left = dot(place[0]), top = dot(place[1]);
    for (int row = 0; row < modules.size; ++row) {
      for (int column = 0; column < modules.size; ++column) {
        if (!modules.at(row, column)) continue;
        fill(left + column * kDotsPerModule, top + row * kDotsPerModule,
             left + (column + 1) * kDotsPerModule, top + (row + 1) * kDotsPerModule);
      }
    }
  }
  // Along a margin, read from the foot upwards at the left, downwards at the right.
  void bars(const image::Gray& code, bool at_left) {
    const int top = (dots.height - code.width) / 2;
    const int left = at_left ? kFromEdge : dots.width - kFromEdge - code.height;
    for (int y = 0; y < code.height; ++y) {
      for (int x = 0; x < code.width; ++x) {
        if (code.at(x, y) == 0) dots.at(left + y, top + (at_left ? code.width - 1 - x : x)) = 0;
      }
    }
  }

 private:
  const Font& font_;
  double unit_;
};

std::optional<std::uint64_t> number_of(const std::string& name, const Figures& figures,
                                       const std::vector<election::LineId>& order) {
  for (std::size_t i = 0; i < order.size() && i < figures.lines.size(); ++i) {
    if (order[i].value() == name) return figures.lines[i];
  }
  if (name == "null") return figures.null;
  if (name == "invalid") return figures.invalid;
  if (name == "blank") return 0;
  if (name == "valid") return figures.valid();
  if (name == "registered") return figures.registered;
  return figures.cast();  // "cast", "signed"
}

// A line in the colour in which boxes are outlined, so that machines which only see other colours
// read what is written in them.
Stroke coloured(Point from, Point to) {
  return {{from, to}, kOutline, 240, 225, 110};
}

// The digits right-aligned in the boxes, with zeros or empty boxes before them.
std::string in_boxes(std::uint64_t number, int boxes, bool zeros) {
  std::string digits = std::to_string(number);
  const std::size_t missing = static_cast<std::size_t>(boxes) - digits.size();
  return std::string(missing, zeros ? '0' : ' ') + digits;
}

class Writer {
 public:
  Writer(Page& page, Print& print, Chance& chance)
      : page_(page), print_(print), chance_(chance), hand_(chance), zeros_(chance.happens(0.6)) {}

  Result<void> row(const election::BoxRow& row, std::uint64_t boxed, std::uint64_t in_words) {
    if (std::to_string(boxed).size() > static_cast<std::size_t>(row.digits))
      return fail(ErrorCode::bad_input, "has more digits than boxes: " + std::to_string(boxed),
                  row.name);
    const std::string digits = in_boxes(boxed, row.digits, zeros_);
    outline(row);
    const double width = (row.boxes[2] - row.boxes[0]) / row.digits;
    for (int i = 0; i < row.digits; ++i) {
      const Place box{row.boxes[0] + i * width, row.boxes[1], row.boxes[0] + (i + 1) * width,
                      row.boxes[3]};
      const image::Quad quad = page_.quad_of(box);
      if (digits[static_cast<std::size_t>(i)] == ' ') continue;
      for (Stroke& stroke : hand_.digit(digits[static_cast<std::size_t>(i)], quad[0],
                                        quad[2].x - quad[0].x, quad[2].y - quad[0].y, chance_))
        print_.ink.push_back(std::move(stroke));
    }
    Place line = row.boxes;
    if (row.words) {
      page_.write_into(in_spanish(in_words), *row.words);
      line[0] = std::min(line[0], (*row.words)[0]);
    }
    page_.write(row.name.substr(0, 10), page_.dot(line[0]) - 290, page_.dot(line[3]) - kLetters / 3,
                kLetters);
    print_.fields.push_back(
        {"boxes", digits, page_.quad_of(row.boxes), page_.quad_of(line), row.name});
    return {};
  }

 private:
  // All boxes together, with lines of dashes between them.
  void outline(const election::BoxRow& row) {
    const image::Quad all = page_.quad_of(row.boxes);
    for (std::size_t i = 0; i < 4; ++i) print_.ink.push_back(coloured(all[i], all[(i + 1) % 4]));
    const double width = (all[1].x - all[0].x) / row.digits;
    for (int i = 1; i < row.digits; ++i) {
      const double x = all[0].x + i * width;
      for (double y = all[0].y; y < all[3].y; y += 2 * kDash)
        print_.ink.push_back(coloured({x, y}, {x, std::min(y + kDash, all[3].y)}));
    }
  }

  Page& page_;
  Print& print_;
  Chance& chance_;
  Hand hand_;
  bool zeros_;
};

}  // namespace

Result<Print> print_form(const SheetPlan& plan, const election::Definition& definition,
                         const Font& font, qr::Level level, int version, Chance& chance) {
  if (definition.sheets.empty() || !definition.sheets.front().form)
    return fail(ErrorCode::bad_input, "the definition's first [[sheet]] has no [sheet.form]");
  const election::SheetFormat& format = definition.sheets.front();
  const election::HandwrittenForm& form = *format.form;
  Print print;
  print.level = level;
  SCR_TRY(payload, payload_of(plan.in_code, format));
  auto modules = qr::encode(payload, {level, version, std::nullopt});
  if (!modules) modules = qr::encode(payload, {level, std::nullopt, std::nullopt});
  if (!modules) return tl::unexpected(std::move(modules).error());
  Page page(form, modules->size, font);
  page.write("ACTA DE CIERRE", page.dot(form.width * 0.2), page.dot(form.height * 0.06),
             2 * kLetters);
  page.write("FORMULARIO INVENTADO", page.dot(form.width * 0.2), page.dot(form.height * 0.1),
             kLetters);
  Writer writer(page, print, chance);
  const auto order = order_of_lines(definition);
  for (const election::Place& frame : form.frames) page.outline(frame);
  for (const election::BoxRow& row : form.rows) {
    const auto boxed = number_of(row.name, plan.printed, order);
    // What the sheet said before somebody altered the boxes.
    const auto in_words =
        number_of(row.name, plan.forgery == Forgery::digit ? plan.in_code : plan.printed, order);
    SCR_TRY_VOID(writer.row(row, *boxed, *in_words));
  }
  if (plan.has_code) {
    print.payload = payload;
    print.code = std::move(*modules);
    page.symbol(print.code, form.code);
    // On whole dots, as it was drawn.
    const double left = page.dot(form.code[0]), top = page.dot(form.code[1]);
    const double side = print.code.size * kDotsPerModule;
    print.code_corners = {
        Point{left, top}, {left + side, top}, {left + side, top + side}, {left, top + side}};
    const auto bars = barcode::draw(barcode::Symbology::code_128, payload, kBarModule, kBarHeight);
    if (!bars || bars->width > page.dots.height)
      return fail(ErrorCode::bad_input, "the payload does not fit along the margin as Code 128");
    page.bars(*bars, true);
    page.bars(*bars, false);
  }
  print.dots = std::move(page.dots);
  return print;
}

}  // namespace scr::forge
