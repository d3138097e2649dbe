// SPDX-License-Identifier: Apache-2.0
#include "canon/value.h"

#include "base/check.h"
#include "canon/writer.h"

namespace scr::canon {
namespace {

void put(const Value& value, Writer& out) {
  switch (value.kind()) {
    case Kind::null:
      out.null();
      return;
    case Kind::boolean:
      out.boolean(value.boolean());
      return;
    case Kind::integer:
      out.integer(value.integer());
      return;
    case Kind::text:
      out.text(value.text());
      return;
    case Kind::array:
      out.begin_array();
      for (const Value& item : value.items()) put(item, out);
      out.end_array();
      return;
    case Kind::object:
      out.begin_object();
      for (const auto& [key, member] : value.members()) {
        out.key(key);
        put(member, out);
      }
      out.end_object();
      return;
  }
}

void put_pretty(const Value& value, const std::string& indent, std::string& out) {
  const std::string deeper = indent + "  ";
  const char* between = "";
  if (value.kind() == Kind::array && !value.items().empty()) {
    out += "[";
    for (const Value& item : value.items()) {
      out += std::exchange(between, ",") + ("\n" + deeper);
      put_pretty(item, deeper, out);
    }
    out += "\n" + indent + "]";
  } else if (value.kind() == Kind::object && !value.members().empty()) {
    out += "{";
    for (const auto& [key, member] : value.members()) {
      out += std::exchange(between, ",") + ("\n" + deeper) + write(Value(key)) + ": ";
      put_pretty(member, deeper, out);
    }
    out += "\n" + indent + "}";
  } else {
    out += write(value);
  }
}

}  // namespace

Value Value::object() {
  Value value;
  value.kind_ = Kind::object;
  return value;
}

Value Value::array() {
  Value value;
  value.kind_ = Kind::array;
  return value;
}

const Value* Value::find(const std::string& key) const {
  const auto found = members_.find(key);
  return found == members_.end() ? nullptr : &found->second;
}

Value& Value::set(const std::string& key, Value value) {
  SCR_CHECK(kind_ == Kind::object);
  members_[key] = std::move(value);
  return *this;
}

Value& Value::push_back(Value value) {
  SCR_CHECK(kind_ == Kind::array);
  items_.push_back(std::move(value));
  return *this;
}

std::string write(const Value& value) {
  Writer out;
  put(value, out);
  return out.take();
}

std::string write_pretty(const Value& value) {
  std::string out;
  put_pretty(value, "", out);
  return out + "\n";
}

}  // namespace scr::canon
