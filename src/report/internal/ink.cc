// SPDX-License-Identifier: Apache-2.0
#include "report/internal/ink.h"

#include "report/internal/plain.h"

namespace scr::report::internal {
namespace {

const char* code_of(Tone tone) {
  switch (tone) {
    case Tone::none:
      return "";
    case Tone::strong:
      return "\x1b[1m";
    case Tone::good:
      return "\x1b[32m";
    case Tone::bad:
      return "\x1b[33m";
    case Tone::quiet:
      return "\x1b[2m";
  }
  return "";
}

}  // namespace

std::string Ink::toned(std::string_view text, Tone tone) const {
  if (!style_.colour || tone == Tone::none) return std::string(text);
  return code_of(tone) + std::string(text) + "\x1b[0m";
}

Ink& Ink::heading(std::string_view text) {
  gap();
  text_ += toned(text, Tone::strong) + "\n";
  return *this;
}

Ink& Ink::sentence(std::string_view text, Tone tone, std::string_view indent) {
  const std::size_t columns = style_.columns - width_of(indent);
  text_ += std::string(indent) + toned(wrapped(text, columns, indent), tone) + "\n";
  return *this;
}

Ink& Ink::item(std::string_view mark, std::string_view text, Tone mark_tone,
               std::string_view indent) {
  const std::string hanging = std::string(indent) + std::string(width_of(mark) + 1, ' ');
  text_ += std::string(indent) + toned(mark, mark_tone) + " " +
           wrapped(text, style_.columns - width_of(hanging), hanging) + "\n";
  return *this;
}

Ink& Ink::raw(std::string_view lines) {
  text_ += lines;
  return *this;
}

Ink& Ink::gap() {
  if (!text_.empty()) text_ += "\n";
  return *this;
}

}  // namespace scr::report::internal
