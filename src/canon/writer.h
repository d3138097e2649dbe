// SPDX-License-Identifier: Apache-2.0
//
// Writes canonical JSON: RFC 8785 for the values that occur here (whole numbers, no floats; keys
// in ASCII, so that the order of bytes is the order of RFC 8785). docs/formats/canonical-json.md.
//
//   Writer out;
//   out.begin_object().key("at").integer(5).key("t").text("x").end_object();
//   out.take();  // {"at":5,"t":"x"}
//
// Misuse (a key out of order, text that is no UTF-8, an integer beyond 2^53-1) is a bug and stops
// the program. One thread at a time.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scr::canon {

inline constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;

class Writer {
 public:
  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view key);
  Writer& integer(std::int64_t n);
  Writer& text(std::string_view text);
  Writer& boolean(bool b);
  Writer& null();

  std::string_view view() const { return out_; }
  std::string take();  // the writer is then as new
  void clear();

 private:
  struct Level {
    bool is_object = false;
    bool has_member = false;
    std::size_t key_begin = 0;  // of the last key, in out_, without its quotes
    std::size_t key_size = 0;
  };

  void begin_value();
  void quote(std::string_view text);

  std::string out_;
  std::vector<Level> levels_;
  bool expects_value_ = false;  // a key was written
};

}  // namespace scr::canon
