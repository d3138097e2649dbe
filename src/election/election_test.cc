// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "election/definition.h"
#include "election/geography.h"
#include "election/roster.h"
#include "election/sheet_payload.h"
#include "election/station_code.h"

namespace scr::election {
namespace {

std::string file_text(const std::string& path) {
  std::ifstream file(SCR_SOURCE_DIR "/" + path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Definition shipped(const std::string& id) {
  auto definition = parse_definition(file_text("elections/" + id + "/election.toml"));
  EXPECT_TRUE(definition) << to_string(definition.error());
  return *definition;
}

TEST(ParseDefinition, ReadsWhatIsShipped) {
  const Definition ve = shipped("ve-2024");
  ASSERT_EQ(ve.options.size(), 10u);
  EXPECT_EQ(ve.options[0].id.value(), "EG");
  EXPECT_EQ(ve.options[9].id.value(), "BERA");
  EXPECT_EQ(ve.electors.known.size(), 4u);
  EXPECT_EQ(ve.electors.chosen_total().value.count(), 21392464);
  EXPECT_EQ(ve.stations.chosen_total().value.count(), 30026);
  EXPECT_EQ(ve.turnout_caps.front(), Fraction(1));
  EXPECT_EQ(ve.turnout_caps.size(), 5u);
  ASSERT_EQ(ve.sheets.size(), 1u);
  EXPECT_EQ(ve.sheets[0].ballot_order.size(), 38u);
  EXPECT_TRUE(shipped("made-up").roster_complete);
}

constexpr const char* kSmall = R"(id = "small"
title = { es = "Pequeña", en = "Small" }
languages = ["es", "en"]
[country]
id = "X"
name = "X"
[[level]]
id = "region"
name = "region"
[[option]]
id = "A"
name = "Anna"
lines = ["a1", "a2"]
[[option]]
id = "B"
name = "Ben"
lines = ["b"]
)";

TEST(ParseDefinition, TakesTheSmallestThereIs) {
  const auto small = parse_definition(kSmall);
  ASSERT_TRUE(small) << to_string(small.error());
  EXPECT_EQ(small->title.in("es"), "Pequeña");
  EXPECT_EQ(small->title.in("fr"), "Small");
  EXPECT_EQ(small->option_position(OptionId("B")), 1u);
  EXPECT_FALSE(small->option_position(OptionId("C")));
}

TEST(ParseDefinition, NamesTheLineOfWhatIsWrong) {
  struct Case {
    const char* instead_of;
    const char* text;
    const char* where;
  };
  for (const Case& c :
       {Case{"id = \"small\"", "id = \"Small One\"", "line 1"},
        Case{"languages = [\"es\", \"en\"]", "languages = [\"klingon\"]", "line 3"},
        Case{"languages = [\"es\", \"en\"]", "languages = [\"es\", \"es\"]", "line 3"},
        Case{"languages", "date = \"28 July\"\nlanguages", "line 3"},
        Case{"languages", "colour = 1\nlanguages", "line 3"},
        Case{"languages", "turnout_caps = [\"7\"]\nlanguages", "line 3"},
        Case{"id = \"region\"", "id = \"station\"", "line 8"},
        Case{"id = \"B\"", "id = \"A\"", "line 15"},
        Case{"id = \"B\"", "id = \"others\"", "line 15"},
        Case{"lines = [\"b\"]", "lines = [\"a1\"]", "line 17"},
        Case{"name = \"Ben\"", "name = \"Be\\u0085n\"", "line 16"},
        Case{"name = \"Ben\"", "name = 3", "line 16"}}) {
    std::string toml = kSmall;
    toml.replace(toml.find(c.instead_of), std::string(c.instead_of).size(), c.text);
    const auto definition = parse_definition(toml);
    ASSERT_FALSE(definition) << c.text;
    EXPECT_EQ(definition.error().where, c.where) << c.text << ": " << definition.error().what;
  }
}

TEST(ParseDefinition, RefusesWhatDoesNotHangTogether) {
  for (const char* more :
       {"[[electors]]\nid=\"a\"\nvalue=1\nwhat=\"x\"\nsource=\"y\"\n[[electors]]\nid=\"b\"\nvalue="
        "1\nwhat=\"x\"\nsource=\"y\"\n",
        "[[electors]]\nid=\"a\"\nvalue=-1\nwhat=\"x\"\nsource=\"y\"\n",
        "[rules]\nzero_sheet = \"ignore\"\n", "[roster]\nfile = \"../roster.csv\"\n",
        "[roster]\nfile = \"election.toml\"\n", "[acceptance]\nprefer = [\"a\", \"a\"]\n",
        "[[sheet]]\nid=\"s\"\npayload=\"code!counts!null!invalid\"\ncode=\"{centre\"\nstation=\"{"
        "nobody}\"\nballot_order=[\"a1\",\"a2\",\"b\"]\n",
        "[[sheet]]\nid=\"s\"\npayload=\"code!counts!null!invalid\"\ncode=\"{c:3}\"\nstation=\"{"
        "nobody}\"\nballot_order=[\"a1\",\"a2\",\"b\"]\n",
        "[[sheet]]\nid=\"s\"\npayload=\"other\"\ncode=\"{c:3}\"\nstation=\"{c}\"\nballot_order=["
        "\"a1\",\"a2\",\"b\"]\n",
        "[[sheet]]\nid=\"s\"\npayload=\"code!counts!null!invalid\"\ncode=\"{c:3}\"\nstation=\"{c}"
        "\"\nballot_order=[\"a1\",\"b\"]\n"}) {
    EXPECT_FALSE(parse_definition(std::string(kSmall) + more)) << more;
  }
  EXPECT_FALSE(parse_definition(""));
  EXPECT_FALSE(parse_definition("\xff"));
}

TEST(ParseDefinition, CutAnywhereIsAnErrorOrADefinitionNeverACrash) {
  const std::string toml = file_text("elections/ve-2024/election.toml");
  for (std::size_t size = 0; size < toml.size(); size += 7) {
    const auto definition = parse_definition(toml.substr(0, size));
    if (!definition) EXPECT_FALSE(definition.error().what.empty());
  }
}

TEST(Geography, GrowsByPathsAndRefusesASecondParent) {
  const Definition ve = shipped("ve-2024");
  Geography geography(ve);
  const UnitId path[] = {UnitId("01"), UnitId("0101"), UnitId("01010013")};
  const auto parish = geography.add_path(path);
  ASSERT_TRUE(parish);
  EXPECT_EQ(geography.unit(*parish).depth, 3u);
  EXPECT_EQ(*geography.add_path(path), *parish) << "the same again is the same";
  const std::size_t before = geography.units().size();
  const UnitId elsewhere[] = {UnitId("02"), UnitId("0101")};
  EXPECT_EQ(geography.add_path(elsewhere).error().code, ErrorCode::conflict);
  const UnitId circle[] = {UnitId("03"), UnitId("03")};
  EXPECT_FALSE(geography.add_path(circle));
  const UnitId country[] = {UnitId("VE")};
  EXPECT_FALSE(geography.add_path(country));
  EXPECT_EQ(geography.units().size(), before) << "nothing was changed by what failed";
  EXPECT_TRUE(geography.name_unit(UnitId("01"), "Capital"));
  EXPECT_FALSE(geography.name_unit(UnitId("01"), "Other"));
  EXPECT_EQ(geography.ancestor_at(*parish, 1), geography.find(UnitId("01")));
  EXPECT_FALSE(geography.ancestor_at(geography.country(), 1));
}

TEST(ParseRoster, ReadsUnitsNamesAndElectors) {
  const auto small = parse_definition(kSmall);
  Geography geography(*small);
  const auto roster = parse_roster(
      "station,region,region_name,registered\r\n2,n,North,10\r\n1,n,,\r\n", *small, geography);
  ASSERT_TRUE(roster) << to_string(roster.error());
  ASSERT_EQ(roster->stations.size(), 2u);
  EXPECT_EQ(roster->find(StationId("2"))->registered, Votes::from(10));
  EXPECT_FALSE(roster->find(StationId("1"))->registered);
  EXPECT_FALSE(roster->find(StationId("3")));
  EXPECT_EQ(geography.unit(*geography.find(UnitId("n"))).name, "North");
}

TEST(ParseRoster, NamesTheLineOfWhatIsWrong) {
  const auto small = parse_definition(kSmall);
  for (const auto& [csv, where] :
       {std::pair("", ""), std::pair("region\nn\n", "line 1"),
        std::pair("station,colour\n1,2\n", "line 1"), std::pair("station\n1\n1\n", "line 3"),
        std::pair("station,registered\n1,x\n", "line 2"),
        std::pair("station,registered\n1\n", "line 2"), std::pair("station\na b\n", "line 2")}) {
    Geography geography(*small);
    const auto roster = parse_roster(csv, *small, geography);
    ASSERT_FALSE(roster) << csv;
    EXPECT_EQ(roster.error().where, where) << csv;
  }
}

TEST(ParseSheetPayload, ReadsTheCodeOfARealSheet) {
  const Definition ve = shipped("ve-2024");
  const auto payload = parse_sheet_payload(
      "110601011.04.1.0001!122,1,0,0,4,2,0,0,2,1,0,1,2,1,0,0,0,5,0,2,0,0,0,0,0,0,0,0,1,0,0,0,0,8,"
      "22,406,0,1!0!0",
      ve, ve.sheets[0]);
  ASSERT_TRUE(payload) << to_string(payload.error());
  EXPECT_EQ(payload->station.value(), "110601011.04");
  std::vector<std::int64_t> votes;
  for (const Votes count : payload->options) votes.push_back(count.count());
  EXPECT_EQ(votes, (std::vector<std::int64_t>{436, 135, 6, 2, 0, 1, 0, 0, 0, 1}));
  EXPECT_FALSE(payload->zero_report);
}

TEST(ParseSheetPayload, KnowsAZeroReportAndRefusesTheRest) {
  const Definition ve = shipped("ve-2024");
  std::string zeros = "0";
  for (int i = 1; i < 38; ++i) zeros += ",0";
  const auto zero = parse_sheet_payload("110601011.04.1.0001!" + zeros + "!0!0", ve, ve.sheets[0]);
  ASSERT_TRUE(zero);
  EXPECT_TRUE(zero->zero_report);
  for (const std::string& bad :
       {std::string(), zeros, "110601011.04.1.0002!" + zeros + "!0!0",
        "110601011.04.1.0001!" + zeros + ",0!0!0", "110601011.04.1.0001!" + zeros + "!0",
        "110601011.04.1.0001!" + zeros + "!0!00", "110601011.04.1.0001!" + zeros + "!0!-1",
        "11060101.104.1.0001!" + zeros + "!0!0", "110601011.04.1.0001!" + zeros + "!0!0\n"}) {
    EXPECT_FALSE(parse_sheet_payload(bad, ve, ve.sheets[0])) << bad;
  }
}

Definition with_payload(const std::string& payload) {
  const auto definition =
      parse_definition(std::string(kSmall) + "[[sheet]]\nid=\"s\"\npayload=\"" + payload +
                       "\"\ncode=\"{c:3}\"\nstation=\"{c}\"\nballot_order=[\"a1\",\"a2\",\"b\"]\n");
  EXPECT_TRUE(definition) << payload << ": " << to_string(definition.error());
  return *definition;
}

TEST(ParseSheetPayload, FollowsTheGrammarOfTheDefinition) {
  const Definition wide = with_payload("{code}{counts:3}{null:2}{registered:4}");
  const auto payload = parse_sheet_payload("123001020300070400", wide);
  ASSERT_TRUE(payload) << to_string(payload.error());
  EXPECT_EQ(payload->station.value(), "123");
  EXPECT_EQ(payload->lines[1].count(), 20);
  EXPECT_EQ(payload->lines[2].count(), 300);
  EXPECT_EQ(payload->null.count(), 7);
  EXPECT_EQ(payload->registered->count(), 400);
  EXPECT_FALSE(payload->valid);
  for (const char* bad : {"12300102030007040", "1230010203000704000", "12300102030007 400",
                          "12300102030007-400", ""}) {
    EXPECT_FALSE(parse_sheet_payload(bad, wide)) << bad;
  }
  const Definition mixed = with_payload("T1;{code};v={valid};{counts:;}#{null}");
  const auto stated = parse_sheet_payload("T1;123;v=321;1;20;300#7", mixed);
  ASSERT_TRUE(stated) << to_string(stated.error());
  EXPECT_EQ(stated->valid->count(), 321);
  EXPECT_EQ(stated->options[0].count(), 21);
  for (const char* bad : {"T1;123;v=321;1;20#7", "T1;123;v=321;1;20;300;4#7",
                          "T2;123;v=321;1;20;300#7", "T1;123;v=321;1;020;300#7"}) {
    EXPECT_FALSE(parse_sheet_payload(bad, mixed)) << bad;
  }
}

TEST(ParseSheetPayload, ReadsWhatItWrites) {
  for (const char* grammar :
       {"{code}!{counts:,}!{null}!{invalid}", "{counts:4}{code}", "{code}{counts:2/}/{valid:6}",
        "A{null:3}B{code}C{counts:,} {registered}"}) {
    const Definition definition = with_payload(grammar);
    const SheetFormat& format = definition.sheets[0];
    const auto text =
        write_sheet_payload(format, "007", {5, 0, 99},
                            {{"valid", 104}, {"null", 3}, {"invalid", 1}, {"registered", 500}});
    ASSERT_TRUE(text) << grammar;
    const auto payload = parse_sheet_payload(*text, definition);
    ASSERT_TRUE(payload) << *text << ": " << to_string(payload.error());
    EXPECT_EQ(payload->code, "007");
    EXPECT_EQ(payload->lines[2].count(), 99);
  }
  const Definition narrow = with_payload("{code}{counts:2}");
  EXPECT_FALSE(write_sheet_payload(narrow.sheets[0], "007", {5, 100, 3}, {}));
}

TEST(PayloadGrammar, RefusesWhatCouldBeReadInTwoWays) {
  for (const char* bad : {"",
                          "code",
                          "{code",
                          "code}",
                          "{}",
                          "{:}",
                          "{code}{code}",
                          "{code:3}",
                          "{counts:,}",
                          "{code}{counts}",
                          "{code}{counts:}",
                          "{code}{counts:,,}",
                          "{code}{counts:0}",
                          "{code}{counts:12}",
                          "{counts:,}{code}",
                          "{code}!{counts:,},{null}",
                          "{code}!{counts:,}7{null}",
                          "{code}{null}",
                          "{code}{counts:3}{null}{invalid:2}",
                          "{code}{counts:3}{votes}",
                          "{code}{counts:3}{null:,}"}) {
    EXPECT_FALSE(parse_payload_grammar(bad)) << bad;
  }
}

// Six real forms were seen; this is what stands in the code of one of them.
TEST(ParseSheetPayload, ACodeMayNameTheStationAndCountNothing) {
  const Definition hn = shipped("hn-2025");
  const auto payload = parse_sheet_payload("1803181180041000", hn);
  ASSERT_TRUE(payload) << to_string(payload.error());
  EXPECT_EQ(payload->station.value(), "1803.18118");
  EXPECT_FALSE(payload->counted);
  EXPECT_FALSE(payload->zero_report) << "unknown is not zero";
  EXPECT_TRUE(payload->lines.empty());
  EXPECT_TRUE(payload->options.empty());
  for (const char* bad : {"1803181180041001", "180318118004100", "18031811800410000",
                          "18031811 0041000", "X803181180041000"}) {
    EXPECT_FALSE(parse_sheet_payload(bad, hn)) << bad;
  }
}

TEST(ParseDefinition, RefusesAFormThatCannotBe) {
  const std::string head =
      std::string(kSmall) +
      "[[sheet]]\nid=\"s\"\npayload=\"{code}\"\ncode=\"{c:3}\"\nstation=\"{c}\"\n";
  const auto form = [&](const std::string& page, const std::string& third) {
    return head + "[sheet.form]\npage=" + page +
           "\nqr=[1,1,2,2]\n[[sheet.form.row]]\nname=\"a1\"\nboxes=[3,3,5,4]\ndigits=3\n"
           "[[sheet.form.row]]\nname=\"valid\"\nboxes=[3,5,5,6]\ndigits=3\n"
           "[[sheet.form.row]]\n" +
           third;
  };
  const auto good =
      parse_definition(form("[10, 12.5]", "name='b'\nboxes=[3,7,5,8]\ndigits=4\nwords=[6,7,9,8]"));
  ASSERT_TRUE(good) << to_string(good.error());
  EXPECT_EQ(good->sheets[0].form->rows[2].digits, 4);
  EXPECT_EQ(good->sheets[0].form->height, 12.5);
  EXPECT_EQ(good->sheets[0].codes, std::vector<std::string>{"qr"});
  for (const char* third :
       {"name='nobody'\nboxes=[3,7,5,8]\ndigits=4", "name='a1'\nboxes=[3,7,5,8]\ndigits=4",
        "name='b'\nboxes=[3,7,5,13]\ndigits=4", "name='b'\nboxes=[5,7,3,8]\ndigits=4",
        "name='b'\nboxes=[3,7,5]\ndigits=4", "name='b'\nboxes=[3,7,5,nan]\ndigits=4",
        "name='b'\nboxes=[3,7,5,8]\ndigits=0", "name='b'\nboxes=[3,7,5,8]"}) {
    EXPECT_FALSE(parse_definition(form("[10, 12.5]", third))) << third;
  }
  const std::string sound = "name='b'\nboxes=[3,7,5,8]\ndigits=4\n[[sheet.form.frame]]\nplace=";
  const auto framed = parse_definition(form("[10, 12.5]", sound + "[1,9,9,10]"));
  ASSERT_TRUE(framed) << to_string(framed.error());
  EXPECT_EQ(framed->sheets[0].form->frames, (std::vector<Place>{{1, 9, 9, 10}}));
  for (const char* place : {"[1,9,11,10]", "[9,9,1,10]", "[1,9]", "'here'", "[1,9,9,10]\nname='x'"})
    EXPECT_FALSE(parse_definition(form("[10, 12.5]", sound + place))) << place;
  EXPECT_FALSE(parse_definition(head + "codes=[]\n"));
  EXPECT_FALSE(parse_definition(head + "codes=['qr','qr']\n"));
  EXPECT_FALSE(parse_definition(head + "codes=['morse']\n"));
}

TEST(ParseDefinition, TakesThePlaceOfThePrintIfItCanBeOne) {
  const auto with = [](const std::string& to_code) {
    return parse_definition(std::string(kSmall) +
                            "[[sheet]]\nid='s'\npayload='code!counts!null!invalid'\n"
                            "code='{c:3}'\nstation='{c}'\nballot_order=['a1','a2','b']\n"
                            "[sheet.print]\nmodule=5\npitch=27\nletter=13\nwidth=560\nindent=3\n"
                            "totals=['valid']\n" +
                            to_code);
  };
  const auto said = with("to_code=850\n");
  ASSERT_TRUE(said) << to_string(said.error());
  EXPECT_EQ(said->sheets[0].print->to_code_dots, 850);
  const auto unsaid = with("");
  ASSERT_TRUE(unsaid) << to_string(unsaid.error());
  EXPECT_EQ(unsaid->sheets[0].print->to_code_dots, 0);
  for (const char* bad : {"to_code=0\n", "to_code=-5\n", "to_code=10001\n", "to_code='850'\n"})
    EXPECT_FALSE(with(bad)) << bad;
}

TEST(StationOfCode, TakesAnIdOrAPrintedCodeAndNoSlip) {
  const Definition ve = shipped("ve-2024");
  EXPECT_EQ(station_of_code("110601011.04", ve)->value(), "110601011.04");
  EXPECT_EQ(station_of_code("110601011.04.1.0001", ve)->value(), "110601011.04");
  for (const char* slip :
       {"", "110601011.04.1.0002", "110601011.4", "110601011", "a,b", "\xff", "110601011.04 "}) {
    EXPECT_FALSE(station_of_code(slip, ve)) << slip;
  }
}

}  // namespace
}  // namespace scr::election
