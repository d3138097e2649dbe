// SPDX-License-Identifier: Apache-2.0
#include "report/internal/plain.h"

#include <cstdint>

#include "base/bytes.h"

namespace scr::report::internal {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";

struct Character {
  std::uint32_t code = 0;
  std::size_t length = 1;  // bytes
  bool valid = false;
};

// The first character of `text`, which is not empty.
Character first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (length > text.size() || !is_utf8(text.substr(0, length))) return {};
  std::uint32_t code = length == 1 ? lead : lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  }
  return {code, length, true};
}

bool between(std::uint32_t code, std::uint32_t first, std::uint32_t last) {
  return first <= code && code <= last;
}

// Controls, line and paragraph separators, and the marks that turn or isolate a direction.
bool is_dangerous(std::uint32_t code) {
  return code < 0x20 || between(code, 0x7F, 0x9F) || between(code, 0x200E, 0x200F) ||
         code == 0x061C || between(code, 0x2028, 0x202E) || between(code, 0x2066, 0x2069) ||
         code == 0xFEFF || between(code, 0xFFF9, 0xFFFB);
}

// Good for Latin, Greek, Cyrillic and East Asian names. Not covered: marks of other scripts and
// joined emoji, whose columns then do not line up.
std::size_t columns_of(std::uint32_t code) {
  if (between(code, 0x0300, 0x036F) || between(code, 0x200B, 0x200D) ||
      between(code, 0xFE00, 0xFE0F)) {
    return 0;
  }
  const bool wide = between(code, 0x1100, 0x115F) || between(code, 0x2E80, 0x303E) ||
                    between(code, 0x3041, 0xA4CF) || between(code, 0xAC00, 0xD7A3) ||
                    between(code, 0xF900, 0xFAFF) || between(code, 0xFE30, 0xFE6F) ||
                    between(code, 0xFF00, 0xFF60) || between(code, 0xFFE0, 0xFFE6) ||
                    between(code, 0x1F300, 0x1FAFF) || between(code, 0x20000, 0x3FFFD);
  return wide ? 2 : 1;
}

}  // namespace

std::string plain(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Character c = first_of(text);
    if (!c.valid || is_dangerous(c.code)) {
      out += kReplacement;
    } else {
      out += text.substr(0, c.length);
    }
    text.remove_prefix(c.length);
  }
  return out;
}

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character c = first_of(text);
    width += columns_of(c.code);
    text.remove_prefix(c.length);
  }
  return width;
}

std::string cut_to(std::string_view text, std::size_t columns) {
  if (width_of(text) <= columns) return std::string(text);
  std::string out;
  std::size_t width = 0;
  while (!text.empty()) {
    const Character c = first_of(text);
    width += columns_of(c.code);
    if (width + 1 > columns) break;
    out += text.substr(0, c.length);
    text.remove_prefix(c.length);
  }
  return out + "\u2026";
}

std::string padded_right(std::string_view text, std::size_t columns) {
  const std::size_t width = width_of(text);
  return std::string(text) + std::string(width < columns ? columns - width : 0, ' ');
}

std::string padded_left(std::string_view text, std::size_t columns) {
  const std::size_t width = width_of(text);
  return std::string(width < columns ? columns - width : 0, ' ') + std::string(text);
}

std::string wrapped(std::string_view text, std::size_t columns, std::string_view indent) {
  std::string out;
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    const std::string_view word = text.substr(0, end);
    const std::size_t width = width_of(word);
    if (used > 0 && used + 1 + width > columns) {
      out += "\n" + std::string(indent);
      used = width_of(indent);
    } else if (!out.empty()) {
      out += ' ';
      ++used;
    }
    out += word;
    used += width;
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace scr::report::internal
