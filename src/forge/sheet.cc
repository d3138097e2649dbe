// SPDX-License-Identifier: Apache-2.0
#include "forge/sheet.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <string_view>

#include "election/sheet_payload.h"
#include "qr/encode.h"

namespace scr::forge {
namespace {

constexpr int kText = 22;  // height of letters, dots
constexpr int kLarge = 30;
constexpr int kPitch = 27;   // from line to line
constexpr int kMargin = 24;  // of paper around the print

std::u32string letters_of(std::string_view utf8) {
  std::u32string letters;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t letter = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k) {
      letter = letter << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3Fu);
    }
    letters += letter;
    i += length;
  }
  return letters;
}

std::string upper(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 'a' && c <= 'z') {
      out += static_cast<char>(c - 32);
    } else if (c == 0xC3 && i + 1 < text.size() &&
               static_cast<unsigned char>(text[i + 1]) >= 0xA0) {
      // á é í ó ú ñ: printers like these have no accents.
      constexpr std::string_view kPlain = "AAAAAAACEEEEIIIIDNOOOOO OUUUUY Y";
      out += kPlain[static_cast<unsigned char>(text[++i]) - 0xA0u];
    } else {
      out += static_cast<char>(c);
    }
  }
  return out;
}

class Printer {
 public:
  Printer(const Font& font, Print& print) : font_(font), print_(print) {
    print_.dots = image::white(kDotsAcross + 2 * kMargin, 400);
  }

  void feed(int dots) { y_ += dots; }
  void text(std::string_view words, int indent = 0, int height = kText) {
    room();
    write(words, kMargin + indent * font_.advance(kText), height);
    y_ += height == kText ? kPitch : kPitch * 4 / 3;
  }
  void centred(std::string_view words, int height = kText) {
    const int width = static_cast<int>(letters_of(words).size()) * font_.advance(height);
    room();
    write(words, kMargin + std::max(0, (kDotsAcross - width) / 2), height);
    y_ += height == kText ? kPitch : kPitch * 4 / 3;
  }
  void rule() {
    text(std::string(static_cast<std::size_t>(kDotsAcross / font_.advance(kText)), '-'));
  }
  void line(std::string_view words, int indent, std::string_view kind, const std::string& number) {
    room();
    write(words, kMargin + indent * font_.advance(kText), kText);
    const int advance = font_.advance(kText);
    const int columns = kDotsAcross / advance;
    const int left = kMargin + (columns - 1 - static_cast<int>(number.size())) * advance;
    write(number, left, kText);
    const double top = y_;
    const double foot = y_ + kPitch;
    const double right = left + static_cast<double>(number.size()) * advance;
    print_.fields.push_back({std::string(kind),
                             number,
                             quad(left, top, right, foot),
                             quad(kMargin, top, kMargin + columns * advance, foot),
                             {}});
    y_ += kPitch;
  }
  void code_text(const std::string& code) {
    room();
    const double right = kMargin + static_cast<double>(code.size()) * font_.advance(kLarge);
    print_.fields.push_back({"code",
                             code,
                             quad(kMargin, y_, right, y_ + kPitch * 4 / 3.0),
                             quad(kMargin, y_, kMargin + kDotsAcross, y_ + kPitch * 4 / 3.0),
                             {}});
    write(code, kMargin, kLarge);
    y_ += kPitch * 4 / 3;
  }
  void symbol(const qr::Modules& modules) {
    const int side = modules.size * kDotsPerModule;
    room(side + 4 * kDotsPerModule);
    const int left = kMargin + (kDotsAcross - side) / 2;
    for (int row = 0; row < side; ++row) {
      for (int column = 0; column < side; ++column) {
        if (modules.at(row / kDotsPerModule, column / kDotsPerModule))
          print_.dots.at(left + column, y_ + row) = 0;
      }
    }
    print_.code_corners = quad(left, y_, left + side, y_ + side);
    y_ += side + 4 * kDotsPerModule;
  }
  void tear() {
    print_.dots.height = y_ + kMargin * 2;
    print_.dots.pixels.resize(
        static_cast<std::size_t>(print_.dots.width) * static_cast<std::size_t>(print_.dots.height),
        255);
  }

 private:
  static image::Quad quad(double left, double top, double right, double foot) {
    return {image::Point{left, top}, {right, top}, {right, foot}, {left, foot}};
  }
  void room(int dots = 2 * kPitch) {
    if (y_ + dots < print_.dots.height) return;
    print_.dots.height = y_ + dots + 400;
    print_.dots.pixels.resize(
        static_cast<std::size_t>(print_.dots.width) * static_cast<std::size_t>(print_.dots.height),
        255);
  }
  void write(std::string_view words, int x, int height) {
    const int base = y_ + height * 4 / 5 + (height == kText ? 3 : 5);
    const int advance = font_.advance(height);
    for (const char32_t letter : letters_of(words)) {
      const Glyph glyph = font_.glyph(letter, height);
      for (int row = 0; row < glyph.height; ++row) {
        for (int column = 0; column < glyph.width; ++column) {
          const int px = x + glyph.left + column;
          const int py = base - glyph.above + row;
          const bool inside =
              px >= 0 && py >= 0 && px < print_.dots.width && py < print_.dots.height;
          if (inside && glyph.black[static_cast<std::size_t>(row * glyph.width + column)])
            print_.dots.at(px, py) = 0;
        }
      }
      x += advance;
    }
  }

  const Font& font_;
  Print& print_;
  int y_ = 2 * kMargin;
};

void signatures(Printer& printer) {
  for (const char* who : {"PRESIDENTE", "SECRETARIO", "MIEMBRO A", "MIEMBRO B", "TESTIGO 1",
                          "TESTIGO 2", "TESTIGO 3"}) {
    printer.text(who);
    printer.text("NOMBRE: ____________________________");
    printer.text("C.I.: ____________   FIRMA:");
    printer.feed(kPitch);
  }
}

void head(Printer& printer, const Figures& figures, const election::Definition& definition) {
  printer.centred(upper(definition.country_name.in("es")));
  printer.centred("ACTA DE ESCRUTINIO", kLarge);
  printer.centred(upper(definition.contest.in("es")));
  printer.centred(definition.date);
  printer.feed(kPitch / 2);
  for (std::size_t i = 0; i < figures.places.size() && i < definition.levels.size(); ++i) {
    printer.text(upper(definition.levels[i].name.in("es")) + ": " + upper(figures.places[i]));
  }
  printer.text("CODIGO DE ACTA:");
  printer.code_text(figures.code);
  printer.feed(kPitch / 2);
}

const election::Option* option_of(const election::Definition& definition,
                                  const election::LineId& line) {
  for (const election::Option& option : definition.options) {
    for (const election::Line& own : option.lines) {
      if (own.id == line) return &option;
    }
  }
  return nullptr;
}

}  // namespace

const char* name_of(Forgery forgery) {
  constexpr std::array<const char*, 5> kNames{"none", "digit", "other-code", "both-bad-sums",
                                              "both-consistent"};
  return kNames[static_cast<std::size_t>(forgery)];
}

std::uint64_t Figures::valid() const {
  return std::accumulate(lines.begin(), lines.end(), std::uint64_t{0});
}

std::vector<election::LineId> order_of_lines(const election::Definition& definition) {
  if (!definition.sheets.front().ballot_order.empty())
    return definition.sheets.front().ballot_order;
  std::vector<election::LineId> order;
  for (const election::Option& option : definition.options) {
    for (const election::Line& line : option.lines) order.push_back(line.id);
  }
  return order;
}

Result<std::string> payload_of(const Figures& figures, const election::SheetFormat& format) {
  auto payload = election::write_sheet_payload(format, figures.code, figures.lines,
                                               {{"valid", figures.valid()},
                                                {"null", figures.null},
                                                {"invalid", figures.invalid},
                                                {"registered", figures.registered}});
  if (!payload)
    return fail(ErrorCode::bad_input, "a number with more digits than the payload has places");
  return std::move(*payload);
}

SheetPlan plan_of(const Figures& figures, Forgery forgery, Chance& chance) {
  SheetPlan plan{figures, figures, figures.valid(), figures.cast(), true, forgery};
  const auto alter = [&](Figures& which) {
    const auto at =
        static_cast<std::size_t>(chance.whole(0, static_cast<int>(which.lines.size()) - 1));
    std::string digits = std::to_string(which.lines[at]);
    const auto place =
        static_cast<std::size_t>(chance.whole(0, static_cast<int>(digits.size()) - 1));
    const char before = digits[place];
    while (digits[place] == before || (place == 0 && digits.size() > 1 && digits[0] == '0')) {
      digits[place] = static_cast<char>('0' + chance.whole(0, 9));
    }
    which.lines[at] = std::stoull(digits);
    return at;
  };
  switch (forgery) {
    case Forgery::none:
      break;
    case Forgery::digit:
      alter(plan.printed);
      break;
    case Forgery::other_code:
      for (auto& line : plan.in_code.lines)
        line = static_cast<std::uint64_t>(chance.whole(0, 300) * chance.whole(0, 1));
      // Another station: a digit of the centre, so that the code keeps its form.
      plan.in_code.code[2] = plan.in_code.code[2] == '9' ? '8' : '9';
      break;
    case Forgery::both_bad_sums:
      plan.in_code.lines[alter(plan.printed)] = 0;
      plan.in_code.lines = plan.printed.lines;
      break;
    case Forgery::both_consistent:
      alter(plan.printed);
      plan.in_code.lines = plan.printed.lines;
      plan.printed_valid = plan.printed.valid();
      plan.printed_cast = plan.printed.cast();
      break;
  }
  return plan;
}

Result<Print> print_sheet(const SheetPlan& plan, const election::Definition& definition,
                          const Font& font, qr::Level level, int version) {
  if (definition.sheets.empty())
    return fail(ErrorCode::bad_input, "the definition has no sheet format: [[sheet]]");
  const election::SheetFormat& format = definition.sheets.front();
  Print print;
  print.level = level;
  Printer printer(font, print);
  const Figures& figures = plan.printed;
  head(printer, figures, definition);
  printer.rule();
  const election::Option* group = nullptr;
  for (std::size_t i = 0; i < format.ballot_order.size() && i < figures.lines.size(); ++i) {
    const election::Option* option = option_of(definition, format.ballot_order[i]);
    if (option != group && option != nullptr) printer.text(upper(option->name));
    group = option;
    printer.line(upper(format.ballot_order[i].value()), 3, "vote",
                 std::to_string(figures.lines[i]));
  }
  printer.rule();
  printer.line("VOTOS VALIDOS", 0, "valid", std::to_string(plan.printed_valid));
  printer.line("VOTOS NULOS", 0, "null", std::to_string(figures.null));
  printer.line("VOTOS INVALIDOS", 0, "invalid", std::to_string(figures.invalid));
  printer.line("TOTAL DE VOTOS", 0, "total", std::to_string(plan.printed_cast));
  printer.line("ELECTORES EN CUADERNO", 0, "cuaderno", std::to_string(plan.printed_cast));
  printer.line("ELECTORES INSCRITOS", 0, "re", std::to_string(figures.registered));
  printer.feed(kPitch / 2);
  signatures(printer);
  printer.feed(kPitch);
  if (plan.has_code) {
    SCR_TRY(payload, payload_of(plan.in_code, format));
    print.payload = std::move(payload);
    qr::EncodeOptions options{level, version, std::nullopt};
    auto modules = qr::encode(print.payload, options);
    for (; !modules && *options.version < qr::kMaxVersion;) {
      ++*options.version;
      modules = qr::encode(print.payload, options);
    }
    if (!modules) return tl::unexpected(std::move(modules).error());
    print.code = std::move(*modules);
    printer.symbol(print.code);
    printer.feed(kPitch / 2);
  }
  printer.text("FIN DE ACTA", 1);
  printer.tear();
  return print;
}

}  // namespace scr::forge
