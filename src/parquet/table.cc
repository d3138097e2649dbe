// SPDX-License-Identifier: Apache-2.0
//
// "PAR1", for each column one page with its header, the footer, its length in four bytes, "PAR1".
// Numbers of fields and enumerations: parquet.thrift.
#include "parquet/table.h"

#include <utility>

#include "base/check.h"
#include "parquet/internal/thrift.h"

namespace scr::parquet {
namespace {

using Type = ThriftWriter::Type;

constexpr std::string_view kMagic = "PAR1";
constexpr std::int32_t kInt64 = 2, kByteArray = 6;    // enum Type
constexpr std::int32_t kRequired = 0, kOptional = 1;  // enum FieldRepetitionType
constexpr std::int32_t kUtf8 = 0;                     // enum ConvertedType
constexpr std::int32_t kPlain = 0, kRle = 3;          // enum Encoding
constexpr std::int32_t kDataPage = 0;                 // enum PageType
constexpr std::int32_t kUncompressed = 0;             // enum CompressionCodec

bool is_text(const Column& column) {
  return std::holds_alternative<Texts>(column.values);
}

void append_little_endian(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i, value >>= 8) out += static_cast<char>(value & 0xff);
}

// Which values are there, as runs: length times two in seven bits a byte, then the level.
std::string definition_levels(const Counts& counts) {
  std::string runs;
  for (std::size_t begin = 0; begin < counts.size();) {
    std::size_t end = begin;
    while (end < counts.size() && counts[end].has_value() == counts[begin].has_value()) ++end;
    std::uint64_t length = (end - begin) << 1;
    for (; length >= 0x80; length >>= 7) runs += static_cast<char>((length & 0x7f) | 0x80);
    runs += static_cast<char>(length);
    runs += static_cast<char>(counts[begin].has_value());
    begin = end;
  }
  std::string levels;
  append_little_endian(levels, runs.size(), 4);
  return levels + runs;
}

std::string page_of(const Column& column) {
  std::string page;
  if (const auto* texts = std::get_if<Texts>(&column.values)) {
    for (const std::string& text : *texts) {
      append_little_endian(page, text.size(), 4);
      page += text;
    }
    return page;
  }
  const Counts& counts = std::get<Counts>(column.values);
  page = definition_levels(counts);
  for (const auto& count : counts) {
    if (count) append_little_endian(page, static_cast<std::uint64_t>(*count), 8);
  }
  return page;
}

std::string page_header(const std::string& page, std::size_t rows) {
  SCR_CHECK(page.size() < std::size_t{1} << 31 && rows < std::size_t{1} << 31);
  ThriftWriter out;
  out.i32(1, kDataPage);
  out.i32(2, static_cast<std::int32_t>(page.size()));  // uncompressed
  out.i32(3, static_cast<std::int32_t>(page.size()));  // compressed
  out.begin_struct(5);                                 // DataPageHeader
  out.i32(1, static_cast<std::int32_t>(rows));
  out.i32(2, kPlain);
  out.i32(3, kRle);
  out.i32(4, kRle);
  out.end_struct();
  out.end_struct();
  return out.take();
}

// Where a column lies in the file.
struct Chunk {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

void write_schema(ThriftWriter& out, const Table& table) {
  out.begin_list(2, Type::structure, table.size() + 1);
  out.begin_element();
  out.text(4, "schema");
  out.i32(5, static_cast<std::int32_t>(table.size()));
  out.end_struct();
  for (const Column& column : table) {
    out.begin_element();
    out.i32(1, is_text(column) ? kByteArray : kInt64);
    out.i32(3, is_text(column) ? kRequired : kOptional);
    out.text(4, column.name);
    if (is_text(column)) out.i32(6, kUtf8);
    out.end_struct();
  }
}

void write_column(ThriftWriter& out, const Column& column, const Chunk& chunk) {
  out.begin_element();
  out.i64(2, static_cast<std::int64_t>(chunk.offset));
  out.begin_struct(3);  // ColumnMetaData
  out.i32(1, is_text(column) ? kByteArray : kInt64);
  out.begin_list(2, Type::i32, 2);
  out.element(kPlain);
  out.element(kRle);
  out.begin_list(3, Type::binary, 1);
  out.element(std::string_view(column.name));
  out.i32(4, kUncompressed);
  out.i64(5, static_cast<std::int64_t>(column.size()));
  out.i64(6, static_cast<std::int64_t>(chunk.size));
  out.i64(7, static_cast<std::int64_t>(chunk.size));
  out.i64(9, static_cast<std::int64_t>(chunk.offset));
  out.end_struct();
  out.end_struct();
}

std::string footer_of(const Table& table, const std::vector<Chunk>& chunks) {
  const auto rows = static_cast<std::int64_t>(table.front().size());
  std::uint64_t all = 0;
  for (const Chunk& chunk : chunks) all += chunk.size;
  ThriftWriter out;
  out.i32(1, 1);
  write_schema(out, table);
  out.i64(3, rows);
  out.begin_list(4, Type::structure, 1);
  out.begin_element();
  out.begin_list(1, Type::structure, table.size());
  for (std::size_t i = 0; i < table.size(); ++i) write_column(out, table[i], chunks[i]);
  out.i64(2, static_cast<std::int64_t>(all));
  out.i64(3, rows);
  out.end_struct();
  out.text(6, "scrutineer");
  out.end_struct();
  return out.take();
}

}  // namespace

std::string write(const Table& table) {
  SCR_CHECK(!table.empty());
  std::string file(kMagic);
  std::vector<Chunk> chunks;
  for (const Column& column : table) {
    SCR_CHECK(column.size() == table.front().size());
    const std::string page = page_of(column);
    const std::string header = page_header(page, column.size());
    chunks.push_back({file.size(), header.size() + page.size()});
    file += header;
    file += page;
  }
  const std::string footer = footer_of(table, chunks);
  file += footer;
  append_little_endian(file, footer.size(), 4);
  file += kMagic;
  return file;
}

}  // namespace scr::parquet
