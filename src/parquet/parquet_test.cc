// SPDX-License-Identifier: Apache-2.0
//
// Bytes by hand from the specification. Whether others read the files: web/verifier/test/, where a
// Parquet reader by other people is at hand.
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "parquet/table.h"

namespace scr::parquet {
namespace {

TEST(Parquet, IsTheBytesOfTheSpecification) {
  const std::string file = write({{"n", Counts{7, std::nullopt}}});
  // Page: levels of 4 bytes (one present, one absent), then 7 in eight bytes.
  const std::string page("\4\0\0\0\2\1\2\0\7\0\0\0\0\0\0\0", 16);
  // Header: data page, 16 bytes twice, struct 5 {2 values, PLAIN, RLE, RLE}.
  const std::string header("\x15\0\x15\x20\x15\x20\x2c\x15\4\x15\0\x15\6\x15\6\0\0", 17);
  EXPECT_EQ(file.substr(0, 4 + 17 + 16), "PAR1" + header + page);
  EXPECT_EQ(file.substr(file.size() - 4), "PAR1");
  const auto size = static_cast<unsigned char>(file[file.size() - 8]);
  EXPECT_EQ(4u + 17 + 16 + size + 8, file.size()) << "the footer's length stands before its end";
}

TEST(Parquet, TextsHaveTheirLengthsBeforeThem) {
  const std::string file = write({{"t", Texts{"a", ""}}});
  EXPECT_NE(file.find(std::string("\1\0\0\0a\0\0\0\0", 9)), std::string::npos);
}

TEST(Parquet, SaysTheSameOfTheSameTable) {
  const Table table{{"a", Texts{"x", "y"}}, {"b", Counts{1, 2}}};
  EXPECT_EQ(write(table), write(table));
  EXPECT_NE(write(table), write({{"a", Texts{"x", "y"}}, {"b", Counts{1, 3}}}));
}

TEST(Parquet, OfNoRowsIsAFileToo) {
  const std::string file = write({{"a", Texts{}}, {"b", Counts{}}});
  EXPECT_EQ(file.substr(0, 4), "PAR1");
}

TEST(Parquet, LongRunsAndManyColumnsTakeMoreBytes) {
  Table table;
  for (int i = 0; i < 20; ++i)
    table.push_back({"c" + std::to_string(i), Counts(300, std::int64_t{i})});
  const std::string file = write(table);
  // 300 present values: 600 in seven bits a byte, then the level 1.
  EXPECT_NE(file.find(std::string("\3\0\0\0\xd8\4\1", 7)), std::string::npos);
}

}  // namespace
}  // namespace scr::parquet
