// SPDX-License-Identifier: Apache-2.0
#include "csv/csv.h"

#include <algorithm>

namespace scr::csv {

Reader::Reader(std::string_view text, char delimiter) : rest_(text), delimiter_(delimiter) {
  if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
}

bool Reader::at_line_end() const {
  return rest_.empty() || rest_[0] == '\n' || rest_.starts_with("\r\n");
}

void Reader::skip_line_end() {
  if (rest_.empty()) return;
  rest_.remove_prefix(rest_[0] == '\n' ? 1 : 2);
  ++line_;
}

void Reader::plain_field(Row& row) {
  std::size_t end = 0;
  while (end < rest_.size() && rest_[end] != delimiter_ && rest_[end] != '\n') ++end;
  const bool carriage =
      end > 0 && end < rest_.size() && rest_[end] == '\n' && rest_[end - 1] == '\r';
  const std::size_t size = carriage ? end - 1 : end;
  row.fields.push_back(rest_.substr(0, size));
  rest_.remove_prefix(size);
}

Result<void> Reader::quoted_field(Row& row) {
  const std::uint64_t first_line = line_;
  rest_.remove_prefix(1);
  std::string* text = nullptr;  // made only if there is a doubled quote
  while (true) {
    const std::size_t quote = rest_.find('"');
    if (quote == std::string_view::npos) {
      return fail(ErrorCode::bad_input, "a quote is opened here and never closed",
                  "line " + std::to_string(first_line));
    }
    const std::string_view part = rest_.substr(0, quote);
    line_ += static_cast<std::uint64_t>(std::count(part.begin(), part.end(), '\n'));
    const bool doubled = quote + 1 < rest_.size() && rest_[quote + 1] == '"';
    rest_.remove_prefix(quote + (doubled ? 2 : 1));
    if (!doubled && !text) {
      row.fields.push_back(part);
      return {};
    }
    if (!text) text = &row.unquoted.emplace_back();
    *text += part;
    if (!doubled) {
      row.fields.push_back(*text);
      return {};
    }
    *text += '"';
  }
}

Result<bool> Reader::next(Row& row) {
  row.fields.clear();
  row.unquoted.clear();
  while (!rest_.empty() && at_line_end()) skip_line_end();
  if (rest_.empty()) return false;
  row.line = line_;
  while (true) {
    if (rest_.starts_with('"')) {
      SCR_TRY_VOID(quoted_field(row));
    } else {
      plain_field(row);
    }
    if (at_line_end()) {
      skip_line_end();
      return true;
    }
    if (rest_[0] != delimiter_) {
      return fail(ErrorCode::bad_input, "something stands behind a closing quote",
                  "line " + std::to_string(line_));
    }
    rest_.remove_prefix(1);
    if (rest_.empty()) {  // a delimiter at the very end: one more, empty field
      row.fields.emplace_back();
      return true;
    }
  }
}

}  // namespace scr::csv
