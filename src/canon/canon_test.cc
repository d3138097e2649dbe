// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gtest/gtest.h>

#include "base/sha256.h"
#include "canon/document.h"
#include "canon/value.h"
#include "canon/writer.h"
#include "tests/known_answers/known.h"

namespace scr::canon {
namespace {

bool parses(std::string_view text, const Profile& profile = kEntry) {
  Document document;
  return document.parse(text, profile).has_value();
}

std::string known_leaf() {
  return Known::file("log.json")["derived_leaf_example"]["canonical_utf8"].get<std::string>();
}

TEST(Document, ReadsTheKnownLeafAndPrintsItBack) {
  const std::string leaf = known_leaf();
  Document document;
  ASSERT_TRUE(document.parse(leaf, kEntry));
  EXPECT_EQ(rewrite(document), leaf);
  EXPECT_EQ(sha256(bytes_of(leaf)).hex(),
            "8f4b11a87975549e8e298b766408026f244fea48b6841110c7322f064fe82d81");
  EXPECT_EQ(document.root().find("blob")->find("size")->integer(), 1234567);
  EXPECT_EQ(document.root().find("t")->text(), "scrutineer/sheet.received/v1");
  EXPECT_FALSE(document.root().find("none"));
}

TEST(Document, AgreesWithAnotherParser) {
  const std::string leaf = known_leaf();
  EXPECT_EQ(Known::text(leaf).written(), leaf);
}

TEST(Document, RefusesEverythingThatIsNotCanonical) {
  for (const char* bad : {"",
                          " {}",
                          "{} ",
                          "{\"b\":1,\"a\":1}",
                          "{\"a\":1,\"a\":1}",
                          "{\"a\":01}",
                          "{\"a\":-0}",
                          "{\"a\":1.0}",
                          "{\"a\":1e2}",
                          "{\"a\": 1}",
                          "{\"a\":\"\\u0061\"}",
                          "{\"a\":\"\\/\"}",
                          "{\"a\":1,}",
                          "[1,]",
                          "[,1]",
                          "{\"a\"}",
                          "{a:1}",
                          "{\"a\":9007199254740992}",
                          "{\"a\":\"\x01\"}",
                          "{\"a\":\"\xff\"}",
                          "\"open",
                          "[",
                          "{",
                          "}",
                          "[1 2]",
                          "{\"a\":tru}",
                          "nul",
                          "{\"\\n\":1}"}) {
    EXPECT_FALSE(parses(bad, kOutput)) << bad;
  }
}

TEST(Document, KeepsTheRulesOfEntries) {
  for (const char* only_output : {"{\"a\":null}", "{\"a\":true}", "{\"a\":-1}", "{\"A\":1}",
                                  "{\"a b\":1}", "{\"a\":\"x\\ny\"}", "[[[[[1]]]]]"}) {
    EXPECT_TRUE(parses(only_output, kOutput)) << only_output;
    EXPECT_FALSE(parses(only_output)) << only_output;
  }
  EXPECT_TRUE(parses("[[[[1]]]]"));
  EXPECT_FALSE(parses("\"" + std::string(16 * 1024, 'a') + "\""));
  EXPECT_TRUE(parses("{\"a\":\"quote \\\" and \\\\\"}"));
}

TEST(Document, CutAnywhereIsRefused) {
  const std::string leaf = known_leaf();
  for (std::size_t size = 0; size < leaf.size(); ++size) EXPECT_FALSE(parses(leaf.substr(0, size)));
}

TEST(Document, WithAnyByteChangedPrintsBackOrIsRefused) {
  const std::string leaf = known_leaf();
  Document document;
  for (std::size_t i = 0; i < leaf.size(); ++i) {
    for (int change = 1; change < 256; change <<= 1) {
      std::string altered = leaf;
      altered[i] = static_cast<char>(altered[i] ^ change);
      if (document.parse(altered, kEntry)) EXPECT_EQ(rewrite(document), altered);
    }
  }
}

TEST(Document, FindsItemsInTheirOrder) {
  Document document;
  ASSERT_TRUE(document.parse("[1,[2,3],{\"a\":[4]},5]", kOutput));
  const Node root = document.root();
  ASSERT_EQ(root.size(), 4u);
  EXPECT_EQ(root[1][1].integer(), 3);
  EXPECT_EQ((*root[2].find("a"))[0].integer(), 4);
  EXPECT_EQ(root[3].integer(), 5);
}

TEST(Document, FindsItemsOfALongPlainListAndOfAMixedOne) {
  Writer out;
  out.begin_array();
  for (int i = 0; i < 2000; ++i) out.integer(i);
  const std::string plain = out.end_array().take();
  Document document;
  ASSERT_TRUE(document.parse(plain, kOutput));
  for (std::size_t i = 0; i < 2000; ++i)
    ASSERT_EQ(document.root()[i].integer(), static_cast<std::int64_t>(i));
  ASSERT_TRUE(document.parse("[[1],2,[],{},3,[[4]]]", kOutput));
  const Node root = document.root();
  EXPECT_EQ(root[0][0].integer(), 1);
  EXPECT_EQ(root[1].integer(), 2);
  EXPECT_EQ(root[2].size() + root[3].size(), 0u);
  EXPECT_EQ(root[4].integer(), 3);
  EXPECT_EQ(root[5][0][0].integer(), 4);
  EXPECT_EQ(rewrite(document), "[[1],2,[],{},3,[[4]]]");
}

TEST(Writer, EscapesAsRfc8785Does) {
  Writer out;
  out.text("\b\t\n\f\r\"\\\x01/ñ");
  EXPECT_EQ(out.take(), "\"\\b\\t\\n\\f\\r\\\"\\\\\\u0001/ñ\"");
}

TEST(WriterDeathTest, StopsAtAKeyOutOfOrder) {
  Writer out;
  out.begin_object().key("b").integer(1);
  EXPECT_DEATH(out.key("a"), "does not hold");
  EXPECT_DEATH(Writer().integer(kMaxInteger + 1), "does not hold");
  EXPECT_DEATH(Writer().text("\xff"), "does not hold");
}

TEST(Value, WritesTheSameBytesInWhateverOrderItWasFilled) {
  Value a = Value::object();
  a.set("x", 1).set("b", Value::array().push_back("t").push_back(Value(true)).push_back(Value()));
  Value b = Value::object();
  b.set("b", Value::array().push_back("t").push_back(Value(true)).push_back(Value())).set("x", 1);
  EXPECT_EQ(write(a), R"({"b":["t",true,null],"x":1})");
  EXPECT_EQ(write(a), write(b));
  EXPECT_EQ(Known::text(write_pretty(a)).written(), Known::text(write(a)).written());
}

// docs/formats/canonical-json.md
TEST(Document, TakesTheWorkedExampleAndRefusesWhatIsListedBesideIt) {
  Document document;
  const std::string example =
      R"({"at":1722222222,"figures":[3,0,17],"note":"ñ \"a\"\n","t":"x/v1"})";
  EXPECT_EQ(example.size(), 67u);
  ASSERT_TRUE(document.parse(example, kOutput));
  EXPECT_EQ(rewrite(document), example);
  EXPECT_FALSE(document.parse(example, kEntry));
  for (const char* other : {R"({"b":1,"a":2})", "[1, 2]", "[01]", "[-0]", "[1.0]", R"(["\u0041"])",
                            R"(["\u000a"])", R"(["\/"])", "[9007199254740992]"}) {
    EXPECT_FALSE(document.parse(other, kOutput)) << other;
    EXPECT_EQ(document.root().kind(), Kind::null) << "nothing half-built is handed out";
  }
}

TEST(Document, NamesTheByteAtWhichItWentWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"a":01})", "byte 5"},       {R"(["\u0041"])", "byte 2"}, {R"({"b":1,"a":2})", "byte 7"},
      {R"(["ab)", "byte 4"},           {"[1 ,2]", "byte 2"},        {"[1]x", "byte 3"},
      {"[9007199254740992]", "byte 1"}};
  Document document;
  for (const auto& [text, where] : cases) {
    const auto parsed = document.parse(text, kOutput);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().where, where) << text << ": " << parsed.error().what;
  }
}

TEST(Document, WalksOverNestedItemsInOrder) {
  Document document;
  const std::string text = R"([[1,[2]],{"a":[3]},4])";
  ASSERT_TRUE(document.parse(text, kOutput));
  std::vector<Kind> kinds;
  for (const Node item : document.root()) kinds.push_back(item.kind());
  EXPECT_EQ(kinds, (std::vector<Kind>{Kind::array, Kind::object, Kind::integer}));
}

}  // namespace
}  // namespace scr::canon
