// SPDX-License-Identifier: Apache-2.0
// rooms: csv
//
// Rows come with rising line numbers and at least one field; the fields of a row are never more
// bytes than the file.

#include <cstdint>
#include <cstdlib>

#include "csv/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  scr::csv::Reader reader(text, ',');
  scr::csv::Row row;
  std::uint64_t line = 0;
  while (true) {
    const auto more = reader.next(row);
    if (!more || !*more) return 0;
    std::size_t bytes = 0;
    for (const std::string_view field : row.fields) bytes += field.size();
    if (row.line <= line || row.fields.empty() || bytes > size) std::abort();
    line = row.line;
  }
}
