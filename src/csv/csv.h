// SPDX-License-Identifier: Apache-2.0
//
// Comma-separated values, RFC 4180: fields in quotes may hold the delimiter, line ends and doubled
// quotes. A byte order mark at the start is passed over; lines end in LF or CRLF.
//
//   csv::Reader reader(bytes, ',');
//   csv::Row row;
//   while (true) {
//     SCR_TRY(more, reader.next(row));
//     if (!more) break;
//     row.fields[2] ...
//   }
//
// Fields look into the text that was given, or into the row; both must live. One thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace scr::csv {

struct Row {
  Row() = default;
  Row(const Row&) = delete;  // its fields would go on looking into the original
  Row& operator=(const Row&) = delete;

  std::uint64_t line = 0;  // of its first character; the first line of the file is 1
  std::vector<std::string_view> fields;
  std::deque<std::string> unquoted;  // what fields with doubled quotes look into
};

class Reader {
 public:
  Reader(std::string_view text, char delimiter);

  // Reads the next row into `row`; false at the end. An empty line is passed over. A quote within a
  // field that does not begin with one is a character like others, as in many people's files.
  // bad_input, with the line, if a quote is not closed or something stands behind a closing one.
  Result<bool> next(Row& row);

 private:
  Result<void> quoted_field(Row& row);
  void plain_field(Row& row);
  bool at_line_end() const;
  void skip_line_end();

  std::string_view rest_;
  char delimiter_;
  std::uint64_t line_ = 1;
};

}  // namespace scr::csv
