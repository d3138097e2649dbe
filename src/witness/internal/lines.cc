// SPDX-License-Identifier: Apache-2.0
#include "witness/internal/lines.h"

#include "base/bytes.h"

namespace scr::witness::internal {

std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<std::string_view> take_field(std::string_view& text, std::string_view key) {
  if (!text.starts_with(key) || !text.substr(key.size()).starts_with(' ')) return std::nullopt;
  std::string_view rest = text.substr(key.size() + 1);
  const auto value = take_line(rest);
  if (value) text = rest;
  return value;
}

std::optional<std::vector<Digest>> take_path(std::string_view& text, std::size_t most) {
  std::vector<Digest> path;
  while (const auto line = take_line(text)) {
    if (line->empty()) return path;
    const auto bytes = from_base64(*line);
    const auto hash = bytes ? Digest::from_bytes(*bytes) : std::nullopt;
    if (!hash || path.size() == most) return std::nullopt;
    path.push_back(*hash);
  }
  return std::nullopt;
}

std::string path_text(const std::vector<Digest>& path) {
  std::string text;
  for (const Digest& hash : path) text += to_base64(hash.view()) + '\n';
  return text + '\n';
}

}  // namespace scr::witness::internal
