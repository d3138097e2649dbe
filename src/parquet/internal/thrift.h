// SPDX-License-Identifier: Apache-2.0
//
// Writes Thrift's compact protocol (github.com/apache/thrift,
// doc/specs/thrift-compact-protocol.md), as far as the headers of a Parquet file need it: whole
// numbers, texts, lists and structs.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scr::parquet {

class ThriftWriter {
 public:
  enum class Type : std::uint8_t { i32 = 5, i64 = 6, binary = 8, list = 9, structure = 12 };

  // Fields of one struct in ascending order of `id`.
  void i32(int id, std::int32_t value);
  void i64(int id, std::int64_t value);
  void text(int id, std::string_view value);
  void begin_list(int id, Type of, std::size_t size);
  void begin_struct(int id);
  // Elements of a list.
  void element(std::int32_t value);
  void element(std::string_view value);
  void begin_element();  // a struct
  // Of a struct, and of the whole, which is one.
  void end_struct();

  std::string take() { return std::move(bytes_); }

 private:
  void field(int id, Type type);
  void number(std::uint64_t value);  // seven bits a byte, lowest first
  void zigzag(std::int64_t value);

  std::string bytes_;
  std::vector<int> last_{0};  // id of the field before, of each struct that is open
};

}  // namespace scr::parquet
