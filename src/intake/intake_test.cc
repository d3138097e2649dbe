// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "csv/csv.h"
#include "entry/entry.h"
#include "intake/import_entries.h"
#include "intake/read_returns.h"

namespace scr::intake {
namespace {

std::string file_text(const std::string& path) {
  std::ifstream file(SCR_SOURCE_DIR "/" + path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

election::Definition venezuela() {
  return *election::parse_definition(file_text("elections/ve-2024/election.toml"));
}

election::Definition small() {
  return *election::parse_definition(
      "id=\"s\"\ntitle=\"S\"\nlanguages=[\"en\"]\ncountry={id=\"X\",name=\"X\"}\n[[level]]\nid="
      "\"region\"\nname=\"r\"\nwidth=2\n"
      "[[option]]\nid=\"A\"\nname=\"A\"\n[[option]]\nid=\"B\"\nname=\"B\"\n");
}

std::vector<std::vector<std::string>> rows_of(std::string_view text) {
  csv::Reader reader(text, ',');
  csv::Row row;
  std::vector<std::vector<std::string>> rows;
  for (auto more = reader.next(row); more && *more; more = reader.next(row)) {
    rows.emplace_back(row.fields.begin(), row.fields.end());
  }
  return rows;
}

TEST(Csv, ReadsWhatPeopleWrite) {
  using Rows = std::vector<std::vector<std::string>>;
  EXPECT_EQ(rows_of("\xEF\xBB\xBF"
                    "a,b\r\n1,2\r\n"),
            (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(rows_of("\"a,\"\"x\"\"\",\"l\nm\"\n"), (Rows{{"a,\"x\"", "l\nm"}}));
  EXPECT_EQ(rows_of("a,\n,\n"), (Rows{{"a", ""}, {"", ""}}));
  EXPECT_EQ(rows_of("a,b,"), (Rows{{"a", "b", ""}}));
  EXPECT_EQ(rows_of("PQ. \"X\",b\n\n\nc,d"), (Rows{{"PQ. \"X\"", "b"}, {"c", "d"}}));
  EXPECT_TRUE(rows_of("").empty());
}

TEST(Csv, NamesTheLineOfAQuoteThatIsNotClosed) {
  csv::Reader reader("a\n\"b\nc\n", ',');
  csv::Row row;
  ASSERT_TRUE(reader.next(row));
  const auto second = reader.next(row);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().where, "line 2");
  csv::Reader behind("\"a\"b\n", ',');
  EXPECT_FALSE(behind.next(row));
}

TEST(ReadReturns, ReadsTheRealFile) {
  const std::string file = file_text("../shared/data/ve-2024/RESULTADOS_2024_CSV_V1.csv");
  if (file.empty() && std::getenv("CI")) FAIL() << "../shared is absent, and this is CI";
  if (file.empty()) GTEST_SKIP() << "the returns of 2024 are not at hand (../shared)";
  const auto definition = venezuela();
  const auto mapping = parse_mapping(file_text("elections/ve-2024/mapping.toml"), definition);
  ASSERT_TRUE(mapping) << to_string(mapping.error());
  const auto read = read_returns(file, &*mapping, definition);
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_EQ(read->rows.size(), 24532u);
  EXPECT_TRUE(read->refused.empty());
  std::int64_t eg = 0, nm = 0, valid = 0, null = 0, registered = 0;
  std::vector<std::set<std::string>> units(4);
  for (const ImportedRow& row : read->rows) {
    eg += row.votes[0].count();
    nm += row.votes[1].count();
    valid += row.valid.count();
    null += row.null.count();
    registered += row.registered->count();
    for (std::size_t i = 0; i < 4; ++i) units[i].insert(row.place[i].value());
  }
  EXPECT_EQ(eg, 7156462);
  EXPECT_EQ(nm, 3241461);
  EXPECT_EQ(valid, 10659128);
  EXPECT_EQ(null, 1139);
  EXPECT_EQ(registered, 17745239);
  EXPECT_EQ(units[0].size(), 24u);
  EXPECT_EQ(units[1].size(), 326u);
  EXPECT_EQ(units[2].size(), 1072u);
  EXPECT_EQ(units[3].size(), 12817u);
  EXPECT_EQ(read->rows[0].station.value(), "010113042.01");
  EXPECT_EQ(read->rows[0].row, 2u);
  EXPECT_EQ(read->names.size(), 24u + 326u + 1072u);
}

constexpr const char* kHeader = "station,region,region_name,registered,null,A,B\n";

TEST(ReadReturns, RefusesLinesOneByOneAndSaysWhy) {
  const auto read = read_returns(std::string(kHeader) +
                                     "1,5,North,100,1,30,20\n2,5,,,0,1,2\n3,5,,x,0,1,2\n4,5,,10,0,"
                                     "1\n5,5,,10,0,1,2,3\n6,5,,10,0,1,-2\n"
                                     ",5,,10,0,1,2\n8,,,10,0,1,2\n9 9,5,,10,0,1,2\n7,5,,10,,1,2\n",
                                 nullptr, small());
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_EQ(read->rows.size(), 2u);
  EXPECT_EQ(read->rows[0].place[0].value(), "05") << "padded as the definition has it";
  EXPECT_EQ(read->rows[0].valid.count(), 50) << "no column says it, so it is the sum";
  EXPECT_FALSE(read->rows[1].registered) << "empty is unknown, not 0";
  std::vector<std::string> why;
  for (const RefusedRow& refused : read->refused) {
    why.push_back(std::to_string(refused.row) + " " + refused.code + " " + refused.column);
  }
  EXPECT_EQ(why,
            (std::vector<std::string>{"4 bad-number registered", "5 too-few-fields ",
                                      "6 too-many-fields ", "7 bad-number B", "8 bad-station ",
                                      "9 bad-unit ", "10 bad-station ", "11 missing-field null"}));
}

TEST(ReadReturns, KnowsEncodings) {
  const auto definition = small();
  Mapping mapping =
      conventional_mapping({"station", "region", "region_name", "registered", "null"}, definition);
  const std::string latin = std::string(kHeader) +
                            "1,5,Espa\xF1"
                            "a \x96,100,1,30,20\n";
  EXPECT_EQ(read_returns(latin, nullptr, definition).error().where, "byte 55");
  mapping.encoding = Encoding::windows1252;
  EXPECT_EQ(read_returns(latin, &mapping, definition)->names[0].name, "España –");
  mapping.encoding = Encoding::latin1;
  EXPECT_EQ(read_returns(std::string(kHeader) + "1,5,Espa\xF1"
                                                "a,1,1,3,2\n",
                         &mapping, definition)
                ->names[0]
                .name,
            "España");
}

TEST(ReadReturns, MakesEntriesThatDecodeWhateverTheNamesHold) {
  std::string file = kHeader;
  file += "1,5,\"a \x01 \n b\",100,1,30,20\n2,6," + std::string(5000, 'x') + ",1,1,1,1\n3,x\n";
  const auto read = read_returns(file, nullptr, small());
  ASSERT_TRUE(read);
  entry::ReturnsImported imported;
  imported.source = election::SourceId("s");
  std::vector<std::string> entries;
  append_import_entries(*read, imported, entry::EntryIndex(4), entries);
  ASSERT_EQ(entries.size(), 1 + read->names.size() + read->rows.size() + read->refused.size());
  canon::Document scratch;
  for (const std::string& bytes : entries) {
    const auto decoded = entry::decode(bytes, scratch);
    ASSERT_TRUE(decoded) << bytes << to_string(decoded.error());
  }
  EXPECT_EQ(std::get<entry::ReturnsImported>(*entry::decode(entries[0], scratch)).rows, 2u);
}

TEST(ParseMapping, RefusesWhatDoesNotFitTheDefinition) {
  const auto definition = small();
  const std::string good = "station = \"S\"\n[votes]\nA = \"a\"\nB = [\"b\", \"c\"]\n";
  EXPECT_TRUE(parse_mapping(good, definition));
  for (const char* bad :
       {"", "station = 3\n", "station = \"S\"\n", "station = \"S\"\n[votes]\nA = \"a\"\n",
        "station = \"S\"\n[votes]\nA = \"a\"\nB = \"b\"\nC = \"c\"\n",
        "colour = 1\nstation = \"S\"\n[votes]\nA = \"a\"\nB = \"b\"\n",
        "station = \"S\"\n[votes]\nA = \"a\"\nB = \"a\"\n",
        "station = \"S\"\n[votes]\nA = \"a\"\nB = [\"b\", \"b\"]\n",
        "delimiter = \"ab\"\nstation = \"S\"\n[votes]\nA = \"a\"\nB = \"b\"\n",
        "encoding = \"ebcdic\"\nstation = \"S\"\n[votes]\nA = \"a\"\nB = \"b\"\n",
        "station = \"S\"\n[[place]]\nlevel = \"county\"\ncode = \"c\"\n[votes]\nA = \"a\"\nB = "
        "\"b\"\n"}) {
    const auto mapping = parse_mapping(bad, definition);
    EXPECT_FALSE(mapping) << bad;
  }
}

TEST(ReadReturns, SaysWhichColumnIsNotThere) {
  const auto read = read_returns("station,A\n1,2\n", nullptr, small());
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().what.find("no column \"B\"; it has station, A"), std::string::npos)
      << read.error().what;
  EXPECT_FALSE(read_returns("", nullptr, small()));
  EXPECT_FALSE(read_returns("station,A,A,B\n", nullptr, small())) << "two columns of one name";
}

}  // namespace
}  // namespace scr::intake
