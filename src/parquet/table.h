// SPDX-License-Identifier: Apache-2.0
//
// A flat table as Apache Parquet (format 2.10, github.com/apache/parquet-format): what people who
// count things load straight away, with its types. The smallest part of the format that every
// reader reads: one row group, one page a column, plain encoding, no compression.
//
//   parquet::Table table{{"station", Texts{...}}, {"votes", Counts{...}}};
//   std::string bytes = parquet::write(table);
//
// The same table gives the same bytes on every machine, so anybody can make the file again and
// compare it. Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace scr::parquet {

using Texts = std::vector<std::string>;                   // UTF-8; none is absent
using Counts = std::vector<std::optional<std::int64_t>>;  // absent: nobody knows

struct Column {
  std::string name;
  std::variant<Texts, Counts> values;

  std::size_t size() const {
    return std::visit([](const auto& list) { return list.size(); }, values);
  }
};

using Table = std::vector<Column>;

// REQUIRES: at least one column, all of one size, below 2^31 bytes each.
std::string write(const Table& table);

}  // namespace scr::parquet
