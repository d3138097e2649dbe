// SPDX-License-Identifier: Apache-2.0
//
// Reads canonical JSON, and nothing else: what parses is, byte for byte, what Writer would have
// written. So there is one spelling of every fact, and the hash of an entry is the hash of what it
// says. docs/formats/canonical-json.md.
//
//   Document document;   // reuse it: a second parse allocates only for texts that have escapes
//   SCR_TRY_VOID(document.parse(bytes, kEntry));
//   document.root().find("t")->text();
//
// A Node looks into its Document and the text that was parsed, and lives no longer than either, nor
// past the next parse. One thread at a time for each Document.

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace scr::canon {

enum class Kind : std::uint8_t { null, boolean, integer, text, array, object };

struct Profile {
  std::size_t max_bytes;
  int max_depth;     // nesting of arrays and objects
  bool entry_rules;  // no null, true, false or negative numbers; no control characters; plain keys
};

// An entry of the log: at most 16 KiB, four deep, whole numbers 0 .. 2^53-1, keys of a-z 0-9 _ and
// '.'.
inline constexpr Profile kEntry{16 * 1024, 4, true};
// What the program prints and what other files hold.
inline constexpr Profile kOutput{std::size_t{1} << 30, 32, false};

class Document;

class Node {
 public:
  Kind kind() const;
  bool boolean() const;  // REQUIRES: kind() == boolean; the same below
  std::int64_t integer() const;
  std::string_view text() const;
  std::size_t size() const;              // members or items; 0 for other kinds
  Node operator[](std::size_t i) const;  // the i-th item or member's value; i < size()
  std::string_view key() const;          // empty unless this is a member of an object
  // Items, or values of members, in order; a walk over all of them takes linear time.
  class Iterator;
  Iterator begin() const;
  Iterator end() const;
  std::optional<Node> find(std::string_view key) const;  // nothing unless an object that has it

 private:
  friend class Document;
  Node(const Document* document, std::uint32_t at) : document_(document), at_(at) {}
  const Document* document_;
  std::uint32_t at_;
};

class Node::Iterator {
 public:
  Node operator*() const { return Node(document_, at_); }
  Iterator& operator++();
  bool operator!=(const Iterator& other) const { return left_ != other.left_; }

 private:
  friend class Node;
  Iterator(const Document* document, std::uint32_t at, std::uint32_t left)
      : document_(document), at_(at), left_(left) {}
  const Document* document_;
  std::uint32_t at_;
  std::uint32_t left_;  // this one and those behind it
};

// Nodes point into it: it is neither copied nor moved.
class Document {
 public:
  Document() = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  // bad_input names the byte at which it went wrong; the root is then null. `text` must outlive the
  // use of the nodes.
  Result<void> parse(std::string_view text, const Profile& profile);
  Node root() const { return Node(this, 0); }  // null before the first parse

 private:
  friend class Node;
  friend class Parser;
  struct Item {
    Kind kind = Kind::null;
    std::uint32_t children = 0;  // how many
    std::uint32_t next = 0;      // index behind this item and all below it
    std::int64_t integer = 0;
    std::string_view text;
    std::string_view key;
  };
  std::vector<Item> items_{Item{}};    // in the order of the text, parents before children
  std::deque<std::string> unescaped_;  // texts that had escapes
};

// What Writer makes of it: the text that was parsed.
std::string rewrite(const Document& document);

}  // namespace scr::canon
