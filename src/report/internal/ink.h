// SPDX-License-Identifier: Apache-2.0
//
// Text for a terminal under construction: headings, wrapped sentences, a little colour.

#pragma once

#include <string>
#include <string_view>

#include "report/text.h"

namespace scr::report::internal {

enum class Tone { none, strong, good, bad, quiet };

class Ink {
 public:
  explicit Ink(const TextStyle& style) : style_(style) {}

  Ink& heading(std::string_view text);  // with a blank line before, unless it is the first
  Ink& sentence(std::string_view text, Tone tone = Tone::none, std::string_view indent = "");
  // `text` after `mark`; further lines stand under the text.
  Ink& item(std::string_view mark, std::string_view text, Tone mark_tone,
            std::string_view indent = "");
  Ink& raw(std::string_view lines);
  Ink& gap();

  const std::string& text() const { return text_; }

 private:
  std::string toned(std::string_view text, Tone tone) const;

  TextStyle style_;
  std::string text_;
};

}  // namespace scr::report::internal
