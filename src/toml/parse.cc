// SPDX-License-Identifier: Apache-2.0
#include "toml/parse.h"

#include <algorithm>
#include <string>

#include "base/bytes.h"

namespace scr::toml {
namespace {

bool is_forbidden(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

std::string line_at(std::string_view text, std::size_t offset) {
  return "line " +
         std::to_string(1 + std::count(text.begin(),
                                       text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

}  // namespace

Result<::toml::table> parse_text(std::string_view text) {
  if (!is_utf8(text)) return fail(ErrorCode::bad_input, "is not UTF-8");
  const auto forbidden = std::find_if(text.begin(), text.end(), is_forbidden);
  if (forbidden != text.end()) {
    return fail(ErrorCode::bad_input, "holds a control character",
                line_at(text, static_cast<std::size_t>(forbidden - text.begin())));
  }
  try {
    return ::toml::parse(text);
  } catch (const ::toml::parse_error& error) {
    return fail(ErrorCode::bad_input, std::string(error.description()),
                "line " + std::to_string(error.source().begin.line));
  } catch (const std::logic_error& error) {
    return fail(ErrorCode::bad_input, error.what());
  }
}

}  // namespace scr::toml
