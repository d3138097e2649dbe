// SPDX-License-Identifier: Apache-2.0
//
// A JSON document under construction, for output that is not hot. Members come out in the order of
// their keys whatever the order in which they were set: equal values give equal bytes.
//
//   Value row = Value::object();
//   row.set("unit", "VE").set("valid", 10659128);
//   write(row);         // {"unit":"VE","valid":10659128}
//
// A value; any thread may read it.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "canon/document.h"

namespace scr::canon {

class Value {
 public:
  Value() = default;  // null
  Value(std::int64_t n) : kind_(Kind::integer), integer_(n) {}
  Value(int n) : Value(std::int64_t{n}) {}
  Value(std::string text) : kind_(Kind::text), text_(std::move(text)) {}
  Value(std::string_view text) : Value(std::string(text)) {}
  Value(const char* text) : Value(std::string(text)) {}
  explicit Value(bool b) : kind_(Kind::boolean), integer_(b ? 1 : 0) {}
  static Value object();
  static Value array();

  Kind kind() const { return kind_; }
  std::int64_t integer() const { return integer_; }
  bool boolean() const { return integer_ != 0; }
  const std::string& text() const { return text_; }
  const std::map<std::string, Value>& members() const { return members_; }
  const std::vector<Value>& items() const { return items_; }
  const Value* find(const std::string& key) const;  // null if there is none

  Value& set(const std::string& key, Value value);  // REQUIRES: an object
  Value& push_back(Value value);                    // REQUIRES: an array

 private:
  Kind kind_ = Kind::null;
  std::int64_t integer_ = 0;
  std::string text_;
  std::map<std::string, Value> members_;
  std::vector<Value> items_;
};

// One line, no white space: canonical.
std::string write(const Value& value);

// Two spaces a level, for files that people read. Not canonical.
std::string write_pretty(const Value& value);

}  // namespace scr::canon
