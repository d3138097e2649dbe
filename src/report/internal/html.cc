// SPDX-License-Identifier: Apache-2.0
#include "report/internal/html.h"

#include "report/internal/plain.h"

namespace scr::report::internal {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : plain(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string element(std::string_view name, std::string_view attributes, std::string_view inside) {
  std::string out = "<" + std::string(name);
  if (!attributes.empty()) out += " " + std::string(attributes);
  return out + ">" + std::string(inside) + "</" + std::string(name) + ">";
}

std::string text_element(std::string_view name, std::string_view attributes,
                         std::string_view text) {
  return element(name, attributes, escaped(text));
}

}  // namespace scr::report::internal
