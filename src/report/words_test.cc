// SPDX-License-Identifier: Apache-2.0
#include "report/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace scr::report {
namespace {

std::multiset<std::string> placeholders(std::string_view text) {
  std::multiset<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    EXPECT_NE(close, std::string_view::npos) << text;
    names.insert(std::string(text.substr(open + 1, close - open - 1)));
  }
  return names;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

TEST(Words, BothLanguagesHaveTheSameKeysInOrder) {
  const auto english = messages(Language::en);
  const auto spanish = messages(Language::es);
  ASSERT_EQ(english.size(), spanish.size());
  for (std::size_t i = 0; i < english.size(); ++i) EXPECT_EQ(english[i].key, spanish[i].key);
  EXPECT_TRUE(std::is_sorted(english.begin(), english.end(),
                             [](const Message& a, const Message& b) { return a.key < b.key; }));
}

TEST(Words, BothLanguagesHaveTheSamePlaceholders) {
  for (const Message& message : messages(Language::en)) {
    const auto spanish = find_words(Language::es, message.key);
    ASSERT_TRUE(spanish) << message.key;
    std::set<std::string> in_english;
    std::set<std::string> in_spanish;
    for (const std::string& name : placeholders(message.text)) in_english.insert(name);
    for (const std::string& name : placeholders(*spanish)) in_spanish.insert(name);
    EXPECT_EQ(in_english, in_spanish) << message.key;
  }
}

TEST(Words, NeverSayTheWordForACrime) {
  for (const Language language : {Language::en, Language::es}) {
    for (const Message& message : messages(language)) {
      for (const char* word : {"fraud", "delito", "crime", "trampa", "rigg"}) {
        EXPECT_EQ(lower(message.text).find(word), std::string::npos) << message.key;
      }
    }
  }
}

TEST(Words, EveryCodeStatusAssumptionAndSeverityHasSome) {
  std::vector<std::string> keys;
  for (const checks::Code code : checks::all_codes()) keys.push_back(key_of(code));
  for (int i = 0; i <= static_cast<int>(checks::Severity::error); ++i) {
    keys.push_back(key_of(static_cast<checks::Severity>(i)));
  }
  for (int i = 0; i <= static_cast<int>(judge::CheckCode::increment); ++i) {
    keys.push_back(key_of(static_cast<judge::CheckCode>(i)));
  }
  for (int i = 0; i <= static_cast<int>(judge::Status::not_applicable); ++i) {
    keys.push_back(key_of(static_cast<judge::Status>(i)));
  }
  for (int i = 0; i <= static_cast<int>(judge::Assumption::counts_not_from_percent); ++i) {
    keys.push_back(key_of(static_cast<judge::Assumption>(i)));
  }
  for (const Language language : {Language::en, Language::es}) {
    for (const std::string& key : keys) EXPECT_TRUE(find_words(language, key)) << key;
  }
}

TEST(Words, EveryReasonThatTheJudgeGivesHasSome) {
  for (const char* reason :
       {"no-valid-claimed", "votes-incomplete", "no-cast-claimed", "no-count-claimed",
        "no-stations-total", "no-tables-claimed", "no-overlap", "no-share-claimed", "no-votes",
        "no-null-claimed", "no-turnout-claimed", "no-percentages", "percentages-not-100",
        "too-many-groups", "too-coarse"}) {
    EXPECT_TRUE(find_words(Language::en, std::string("reason.") + reason)) << reason;
  }
}

TEST(Say, FillsPlaceholdersAndNeverLooksAtWhatFilledThem) {
  EXPECT_EQ(say(Language::en, "word.of", {{"part", "{whole}"}, {"whole", "{part}"}}),
            "{whole} of {part}");
}

TEST(Say, KnowsOneFromMany) {
  EXPECT_EQ(say_count(Language::en, "findings.count", 1), "1 finding.");
  EXPECT_EQ(say_count(Language::es, "findings.count", 1200), "1.200 hallazgos.");
}

TEST(Number, IsGroupedAsTheLanguageDoes) {
  EXPECT_EQ(number(Language::en, 1234567), "1,234,567");
  EXPECT_EQ(number(Language::es, 1234567), "1.234.567");
  EXPECT_EQ(number(Language::es, 999), "999");
  EXPECT_EQ(number(Language::en, -1000), "\u22121,000");
}

TEST(Percent, IsWrittenAsTheLanguageDoes) {
  const Fraction share = *Fraction::of(512, 1000);
  EXPECT_EQ(percent(Language::en, share, 1), "51.2\u00a0%");
  EXPECT_EQ(percent(Language::es, share, 1), "51,2\u00a0%");
}

TEST(Percent, NeverRoundsWhatIsNotAllToAllNorWhatIsNotNothingToNothing) {
  EXPECT_EQ(percent(Language::en, *Fraction::of(9999, 10000), 1), "99.99\u00a0%");
  EXPECT_EQ(percent(Language::en, *Fraction::of(1, 10000), 1), "0.01\u00a0%");
  EXPECT_EQ(percent(Language::en, Fraction(1), 1), "100.0\u00a0%");
  EXPECT_EQ(percent(Language::en, Fraction(0), 0), "0\u00a0%");
}

TEST(Percent, InFullHasAsManyDigitsAsItTakes) {
  EXPECT_EQ(percent_in_full(Language::en, *Fraction::of(4, 5)), "80\u00a0%");
  EXPECT_EQ(percent_in_full(Language::es, *Fraction::of(597, 1000)), "59,7\u00a0%");
  EXPECT_EQ(percent_in_full(Language::en, *Fraction::of(2, 3)), "66.6667\u00a0%");
}

TEST(DigitsToTellApart, GrowsUntilTheTwoDiffer) {
  EXPECT_EQ(digits_to_tell_apart(*Fraction::of(1, 2), *Fraction::of(1, 3), 2), 2);
  EXPECT_EQ(digits_to_tell_apart(*Fraction::of(500001, 1000000), *Fraction::of(1, 2), 2), 4);
  EXPECT_EQ(digits_to_tell_apart(*Fraction::of(1, 2), *Fraction::of(1, 2), 2), 2);
}

}  // namespace
}  // namespace scr::report
