// SPDX-License-Identifier: Apache-2.0
//
// One pass, without recursion: `open` holds the containers that are not closed yet, at most
// max_depth of them. Strictness is by construction; Writer's output is the only thing that passes.
#include "canon/document.h"

#include <array>
#include <charconv>

#include "base/bytes.h"
#include "base/check.h"
#include "canon/writer.h"

namespace scr::canon {
namespace {

bool is_plain_key(std::string_view key) {
  for (char c : key) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    if (!plain) return false;
  }
  return !key.empty();
}

}  // namespace

class Parser {
 public:
  Parser(std::string_view text, const Profile& profile, Document& document)
      : text_(text), profile_(profile), document_(document) {}

  Result<void> run();

 private:
  using Item = Document::Item;
  struct Open {
    std::uint32_t item = 0;
    std::string_view last_key;
  };

  bool value(std::string_view key);
  bool member_or_item();
  bool open_container(Item& item);
  bool after_value();
  bool quoted(std::string_view& out);
  bool escape(std::string& out);
  bool number(Item& item);
  bool word(std::string_view expected);
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool wrong(const char* why) { return wrong(why, at_); }
  bool wrong(const char* why, std::size_t where) {
    if (!why_) {
      why_ = why;
      fault_ = where;
    }
    return false;
  }
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  std::string_view text_;
  const Profile& profile_;
  Document& document_;
  std::size_t at_ = 0;
  const char* why_ = nullptr;
  std::size_t fault_ = 0;
  std::array<Open, 64> open_;
  int depth_ = 0;
};

bool Parser::word(std::string_view expected) {
  if (profile_.entry_rules || !text_.substr(at_).starts_with(expected)) {
    return wrong("not a value of canonical JSON");
  }
  at_ += expected.size();
  return true;
}

bool Parser::number(Item& item) {
  const std::size_t begin = at_;
  const bool negative = take('-');
  if (negative && profile_.entry_rules) return wrong("a negative number", begin);
  const std::size_t digits = at_;
  while (here() >= '0' && here() <= '9') ++at_;
  if (at_ == digits) return wrong("not a value of canonical JSON");
  if (text_[digits] == '0' && (at_ - digits > 1 || negative)) return wrong("a leading zero", begin);
  const char* end = text_.data() + at_;
  const auto [stop, error] = std::from_chars(text_.data() + begin, end, item.integer);
  if (error != std::errc{} || stop != end || item.integer > kMaxInteger ||
      item.integer < -kMaxInteger) {
    return wrong("a number beyond 2^53-1", begin);
  }
  item.kind = Kind::integer;
  return true;
}

// Behind a backslash. Only the spelling that Writer chooses.
bool Parser::escape(std::string& out) {
  const std::size_t backslash = at_ - 1;
  const char c = here();
  ++at_;
  switch (c) {
    case '"':
      out += '"';
      return true;
    case '\\':
      out += '\\';
      return true;
    case 'b':
      out += '\b';
      break;
    case 't':
      out += '\t';
      break;
    case 'n':
      out += '\n';
      break;
    case 'f':
      out += '\f';
      break;
    case 'r':
      out += '\r';
      break;
    case 'u': {
      const auto byte = at_ + 4 <= text_.size() ? from_hex(text_.substr(at_, 4)) : std::nullopt;
      if (!byte || (*byte)[0] != std::byte{0})
        return wrong("an escape that is not needed", backslash);
      const auto code = std::to_integer<unsigned char>((*byte)[1]);
      const bool has_short = code == 8 || code == 9 || code == 10 || code == 12 || code == 13;
      if (code >= 0x20 || has_short) return wrong("an escape that is not needed", backslash);
      at_ += 4;
      out += static_cast<char>(code);
      break;
    }
    default:
      return wrong("an unknown escape", backslash);
  }
  return profile_.entry_rules ? wrong("a control character", backslash) : true;
}

bool Parser::quoted(std::string_view& out) {
  if (!take('"')) return wrong("expected a text");
  const std::size_t begin = at_;
  bool ascii = true;
  while (at_ < text_.size()) {
    const auto c = static_cast<unsigned char>(text_[at_]);
    if (c == '"' || c == '\\' || c < 0x20) break;
    ascii = ascii && c < 0x80;
    ++at_;
  }
  out = text_.substr(begin, at_ - begin);
  if (here() == '\\') {
    std::string& plain = document_.unescaped_.emplace_back(out);
    while (at_ < text_.size() && text_[at_] != '"') {
      const char c = text_[at_++];
      if (static_cast<unsigned char>(c) < 0x20) return wrong("a control character", at_ - 1);
      if (c != '\\') {
        plain += c;
      } else if (!escape(plain)) {
        return false;
      }
    }
    out = plain;
    ascii = false;
  }
  if (!take('"')) return wrong("a text that does not end, or a control character");
  return ascii || is_utf8(out) || wrong("not UTF-8", begin);
}

bool Parser::open_container(Item& item) {
  const bool is_object = here() == '{';
  ++at_;
  item.kind = is_object ? Kind::object : Kind::array;
  if (depth_ >= profile_.max_depth || depth_ >= static_cast<int>(open_.size())) {
    return wrong("nested too deep");
  }
  open_[static_cast<std::size_t>(depth_++)] = {
      static_cast<std::uint32_t>(document_.items_.size() - 1), {}};
  return true;
}

bool Parser::value(std::string_view key) {
  Item& item = document_.items_.emplace_back();
  item.key = key;
  switch (here()) {
    case '{':
    case '[':
      return open_container(item);
    case '"':
      item.kind = Kind::text;
      return quoted(item.text);
    case 't':
      item.kind = Kind::boolean;
      item.integer = 1;
      return word("true");
    case 'f':
      item.kind = Kind::boolean;
      return word("false");
    case 'n':
      item.kind = Kind::null;
      return word("null");
    default:
      return number(item);
  }
}

bool Parser::member_or_item() {
  Open& open = open_[static_cast<std::size_t>(depth_ - 1)];
  Item& container = document_.items_[open.item];
  const bool first = container.children++ == 0;
  if (container.kind == Kind::array) return value({});
  std::string_view key;
  const std::size_t begin = at_;
  if (!quoted(key)) return false;
  if (profile_.entry_rules && !is_plain_key(key))
    return wrong("a key with other characters", begin);
  for (char c : key) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\')
      return wrong("an escape in a key", begin);
  }
  if (!first && !(open.last_key < key)) return wrong("keys not in ascending order", begin);
  open.last_key = key;
  return take(':') ? value(key) : wrong("expected ':'");
}

// Closes what ends here; true if another member or item must follow.
bool Parser::after_value() {
  while (depth_ > 0) {
    const std::uint32_t at = open_[static_cast<std::size_t>(depth_ - 1)].item;
    Item& container = document_.items_[at];
    if (take(container.kind == Kind::object ? '}' : ']')) {
      container.next = static_cast<std::uint32_t>(document_.items_.size());
      --depth_;
      continue;
    }
    if (container.children > 0 && !take(',')) return wrong("expected ',' or the end");
    return true;
  }
  return false;
}

Result<void> Parser::run() {
  document_.items_.clear();
  document_.unescaped_.clear();
  if (text_.size() > profile_.max_bytes) {
    document_.items_.resize(1);
    return fail(ErrorCode::bad_input,
                "longer than " + std::to_string(profile_.max_bytes) + " bytes");
  }
  bool good = value({});
  while (good && !why_ && after_value()) good = member_or_item();
  if (!why_ && at_ != text_.size()) wrong("something behind the end");
  if (!why_) return {};
  document_.items_.assign(1, Item{});
  return fail(ErrorCode::bad_input, why_, "byte " + std::to_string(fault_));
}

Result<void> Document::parse(std::string_view text, const Profile& profile) {
  return Parser(text, profile, *this).run();
}

Kind Node::kind() const {
  return document_->items_[at_].kind;
}
bool Node::boolean() const {
  SCR_CHECK(kind() == Kind::boolean);
  return document_->items_[at_].integer != 0;
}
std::int64_t Node::integer() const {
  SCR_CHECK(kind() == Kind::integer);
  return document_->items_[at_].integer;
}
std::string_view Node::text() const {
  SCR_CHECK(kind() == Kind::text);
  return document_->items_[at_].text;
}
std::string_view Node::key() const {
  return document_->items_[at_].key;
}
std::size_t Node::size() const {
  return document_->items_[at_].children;
}

Node Node::operator[](std::size_t i) const {
  SCR_CHECK(i < size());
  std::uint32_t child = at_ + 1;
  // A list of plain values lies side by side: no walk, or a long one would cost the square of its
  // length.
  if (document_->items_[at_].next == child + size()) {
    return Node(document_, child + static_cast<std::uint32_t>(i));
  }
  for (; i > 0; --i) {
    const auto& item = document_->items_[child];
    child = item.next > 0 ? item.next : child + 1;
  }
  return Node(document_, child);
}

Node::Iterator Node::begin() const {
  return Iterator(document_, at_ + 1, static_cast<std::uint32_t>(size()));
}
Node::Iterator Node::end() const {
  return Iterator(document_, 0, 0);
}

Node::Iterator& Node::Iterator::operator++() {
  const auto& item = document_->items_[at_];
  at_ = item.next > 0 ? item.next : at_ + 1;
  --left_;
  return *this;
}

std::optional<Node> Node::find(std::string_view key) const {
  if (kind() != Kind::object) return std::nullopt;
  for (const Node member : *this) {
    if (member.key() == key) return member;
  }
  return std::nullopt;
}

namespace {

void rewrite_node(const Node& node, Writer& out) {
  switch (node.kind()) {
    case Kind::null:
      out.null();
      return;
    case Kind::boolean:
      out.boolean(node.boolean());
      return;
    case Kind::integer:
      out.integer(node.integer());
      return;
    case Kind::text:
      out.text(node.text());
      return;
    case Kind::array:
      out.begin_array();
      for (const Node item : node) rewrite_node(item, out);
      out.end_array();
      return;
    case Kind::object:
      out.begin_object();
      for (const Node member : node) {
        out.key(member.key());
        rewrite_node(member, out);
      }
      out.end_object();
      return;
  }
}

}  // namespace

std::string rewrite(const Document& document) {
  Writer out;
  rewrite_node(document.root(), out);
  return out.take();
}

}  // namespace scr::canon
