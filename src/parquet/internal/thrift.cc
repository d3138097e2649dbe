// SPDX-License-Identifier: Apache-2.0
#include "parquet/internal/thrift.h"

namespace scr::parquet {

void ThriftWriter::number(std::uint64_t value) {
  while (value >= 0x80) {
    bytes_ += static_cast<char>((value & 0x7f) | 0x80);
    value >>= 7;
  }
  bytes_ += static_cast<char>(value);
}

void ThriftWriter::zigzag(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  number(bits << 1 ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

void ThriftWriter::field(int id, Type type) {
  const int step = id - last_.back();  // the fields used here are never 16 apart
  bytes_ += static_cast<char>(step << 4 | static_cast<int>(type));
  last_.back() = id;
}

void ThriftWriter::i32(int id, std::int32_t value) {
  field(id, Type::i32);
  zigzag(value);
}

void ThriftWriter::i64(int id, std::int64_t value) {
  field(id, Type::i64);
  zigzag(value);
}

void ThriftWriter::text(int id, std::string_view value) {
  field(id, Type::binary);
  element(value);
}

void ThriftWriter::begin_list(int id, Type of, std::size_t size) {
  field(id, Type::list);
  const int type = static_cast<int>(of);
  if (size < 15) {
    bytes_ += static_cast<char>(static_cast<int>(size) << 4 | type);
    return;
  }
  bytes_ += static_cast<char>(0xf0 | type);
  number(size);
}

void ThriftWriter::begin_struct(int id) {
  field(id, Type::structure);
  begin_element();
}

void ThriftWriter::element(std::int32_t value) {
  zigzag(value);
}

void ThriftWriter::element(std::string_view value) {
  number(value.size());
  bytes_ += value;
}

void ThriftWriter::begin_element() {
  last_.push_back(0);
}

void ThriftWriter::end_struct() {
  bytes_ += '\0';
  if (last_.size() > 1) last_.pop_back();
}

}  // namespace scr::parquet
