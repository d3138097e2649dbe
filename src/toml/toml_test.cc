// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "toml/parse.h"

namespace scr::toml {
namespace {

TEST(ParseText, TakesLettersOfAllLanguagesInTextsAndComments) {
  const auto table = parse_text(
      "# señal\na = \"ñ \\\" é\" # más\nb = 'ü'\nc = \"\"\"\nó\n\"\"\"\nd = '''ß'''\n\"é\" = 1\n");
  ASSERT_TRUE(table) << to_string(table.error());
  EXPECT_EQ((*table)["a"].value_or(std::string()), "ñ \" é");
  EXPECT_EQ((*table)["é"].value_or(0), 1);
  EXPECT_TRUE(
      parse_text("\xEF\xBB\xBF"
                 "a = 1\n"))
      << "a byte order mark";
}

TEST(ParseText, NamesTheLineOfWhatIsNotToml) {
  for (const auto& [text, where] :
       {std::pair("a = 1\nb = \n", "line 2"), std::pair("a = 1\né = 2\n", "line 2"),
        std::pair("a = 1é\n", "line 1"), std::pair("\n\n[\x01]\n", "line 3"),
        std::pair("a = 1\na = 2\n", "line 2"), std::pair("a = 'é\nb = é", "line 2")}) {
    const auto table = parse_text(text);
    ASSERT_FALSE(table) << text;
    EXPECT_EQ(table.error().code, ErrorCode::bad_input);
    EXPECT_EQ(table.error().where, where) << text;
  }
  EXPECT_FALSE(parse_text("a = \"\xff\""));
  EXPECT_FALSE(parse_text(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace scr::toml
