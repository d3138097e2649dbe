// SPDX-License-Identifier: Apache-2.0
#include "canon/writer.h"

#include <charconv>
#include <utility>

#include "base/bytes.h"
#include "base/check.h"

namespace scr::canon {
namespace {

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

// RFC 8785 3.2.2.2: the short form where there is one, else \u00xx in lower-case hex.
void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\r':
      out += "\\r";
      return;
    default:
      break;
  }
  constexpr char kHex[] = "0123456789abcdef";
  out += "\\u00";
  out += kHex[static_cast<unsigned char>(c) >> 4];
  out += kHex[static_cast<unsigned char>(c) & 15u];
}

}  // namespace

void Writer::begin_value() {
  if (levels_.empty()) {
    SCR_CHECK(out_.empty());  // one value a document
    return;
  }
  Level& level = levels_.back();
  if (level.is_object) {
    SCR_CHECK(expects_value_);
    expects_value_ = false;
  } else if (std::exchange(level.has_member, true)) {
    out_ += ',';
  }
}

void Writer::quote(std::string_view text) {
  SCR_CHECK(is_utf8(text));
  out_ += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    out_.append(text, plain, i - plain);
    append_escaped(out_, text[i]);
    plain = i + 1;
  }
  out_.append(text, plain);
  out_ += '"';
}

Writer& Writer::begin_object() {
  begin_value();
  out_ += '{';
  levels_.push_back({.is_object = true});
  return *this;
}

Writer& Writer::end_object() {
  SCR_CHECK(!levels_.empty() && levels_.back().is_object && !expects_value_);
  levels_.pop_back();
  out_ += '}';
  return *this;
}

Writer& Writer::begin_array() {
  begin_value();
  out_ += '[';
  levels_.push_back({});
  return *this;
}

Writer& Writer::end_array() {
  SCR_CHECK(!levels_.empty() && !levels_.back().is_object);
  levels_.pop_back();
  out_ += ']';
  return *this;
}

Writer& Writer::key(std::string_view key) {
  SCR_CHECK(!levels_.empty() && levels_.back().is_object && !expects_value_);
  Level& level = levels_.back();
  if (std::exchange(level.has_member, true)) {
    const std::string_view before = std::string_view(out_).substr(level.key_begin, level.key_size);
    SCR_CHECK(before < key);
    out_ += ',';
  }
  for (char c : key) SCR_CHECK(!needs_escape(c));
  quote(key);
  level.key_size = key.size();
  level.key_begin = out_.size() - 1 - key.size();
  out_ += ':';
  expects_value_ = true;
  return *this;
}

Writer& Writer::integer(std::int64_t n) {
  SCR_CHECK(n >= -kMaxInteger && n <= kMaxInteger);
  begin_value();
  char digits[24];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, n);
  SCR_CHECK(error == std::errc{});
  out_.append(digits, end);
  return *this;
}

Writer& Writer::text(std::string_view text) {
  begin_value();
  quote(text);
  return *this;
}

Writer& Writer::boolean(bool b) {
  begin_value();
  out_ += b ? "true" : "false";
  return *this;
}

Writer& Writer::null() {
  begin_value();
  out_ += "null";
  return *this;
}

std::string Writer::take() {
  SCR_CHECK(levels_.empty() && !expects_value_);
  return std::exchange(out_, std::string());
}

void Writer::clear() {
  out_.clear();
  levels_.clear();
  expects_value_ = false;
}

}  // namespace scr::canon
