// SPDX-License-Identifier: Apache-2.0
#include "report/page.h"

#include <gtest/gtest.h>

#include <set>

#include "report/made_up_testing.h"

namespace scr::report {
namespace {

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

// The page without its head, where the words of the policy and the style sheet stand.
std::string body_of(const std::string& page) {
  return page.substr(page.find("<body>"));
}

TEST(Page, HoldsTheVerdictAndThePlotsInBothLanguages) {
  const MadeUp made = made_up();
  const std::string html = page(made.facts(), Language::es);
  EXPECT_NE(html.find("<html lang=\"es\">"), std::string::npos);
  EXPECT_NE(html.find("If these sheets are true, Ana Ferreira is ahead by at least"),
            std::string::npos);
  EXPECT_NE(html.find("Si estas actas son ciertas, Ana Ferreira va adelante por al menos"),
            std::string::npos);
  for (const char* plot : {"votes", "missing", "breakdown", "sensitivity", "where", "histogram",
                           "claim-1-shares", "claim-2-votes"}) {
    for (const char* language : {"-en", "-es"}) {
      EXPECT_EQ(count_of(html, std::string(" id=\"") + plot + language + "\""), 1u) << plot;
    }
  }
}

TEST(Page, DrawsEachTurnoutWithALineOfItsOwnAndTheSameInTheLegend) {
  MadeUp made = made_up();
  made.premises.turnout_caps = {Fraction(1), *Fraction::of(9, 10), *Fraction::of(4, 5),
                                *Fraction::of(7, 10), *Fraction::of(3, 5)};
  made.outcome = *judge::judge_outcome(made.definition, made.returns, made.premises);
  const std::string html = page(made.facts(), Language::en);
  const std::size_t turnouts = made.outcome.under_caps.size();
  ASSERT_EQ(turnouts, 5u) << "as many as a definition has that says nothing";
  for (std::size_t n = 1; n < turnouts; ++n) {  // the first is drawn in another plot too
    const std::string style = std::string("class=\"line-") + static_cast<char>('a' + n) + "\"";
    EXPECT_EQ(count_of(html, style), 4u) << style << ": plot and legend, in two languages";
  }
}

TEST(Page, LoadsNothingAndRunsNothing) {
  const MadeUp made = made_up();
  const std::string html = page(made.facts(), Language::en);
  for (const char* forbidden : {"<script", "<link", "<img", "<iframe", "src=", "href=", "url(",
                                "@import", " style=\"", "http://", "https://"}) {
    EXPECT_EQ(html.find(forbidden), std::string::npos) << forbidden;
  }
  EXPECT_NE(html.find("default-src 'none'; style-src 'sha256-"), std::string::npos);
}

TEST(Page, NeverSaysTheWordForACrime) {
  const MadeUp made = made_up();
  const std::string html = page(made.facts(), Language::en);
  EXPECT_EQ(html.find("fraud"), std::string::npos);
  EXPECT_EQ(html.find("fraude"), std::string::npos);
}

class PageWithAttack : public testing::TestWithParam<const char*> {};

TEST_P(PageWithAttack, ShowsNamesAsText) {
  const MadeUp plain = made_up();
  const MadeUp attacked = made_up({.leader_name = GetParam()});
  const std::string usual = body_of(page(plain.facts(), Language::en));
  const std::string html = body_of(page(attacked.facts(), Language::en));
  // Names may change what is said, never which elements there are.
  EXPECT_EQ(count_of(usual, "<svg"), count_of(html, "<svg"));
  EXPECT_EQ(count_of(html, "<script"), 0u);
  EXPECT_EQ(count_of(html, "<img"), 0u);
  EXPECT_EQ(count_of(html, "onload=\""), 0u);
  EXPECT_EQ(html.find('\x1b'), std::string::npos);
  EXPECT_EQ(html.find("\u202e"), std::string::npos);
  EXPECT_TRUE(is_utf8(html));
  EXPECT_EQ(count_of(html, "<"), count_of(html, ">"));
}

INSTANTIATE_TEST_SUITE_P(
    Names, PageWithAttack,
    testing::Values("<script>alert(1)</script>", "\"><img src=x onerror=1>", "' onload='x",
                    "</title></svg><script>", "a & b &lt;c&gt;", "\x1b[31mred", "\u202egnirts",
                    "\xff\xfe broken \xc3", "{leader} {margin} {", "]]> --> <!--",
                    "A very very very long name that nobody would ever print on "
                    "a ballot because it would not fit anywhere at all"));

TEST(Page, SaysThatThereIsNothingWhenNothingIsCounted) {
  const MadeUp made = made_up({.counted = false});
  const std::string html = page(made.facts(), Language::en);
  EXPECT_NE(html.find("No sheet counts yet"), std::string::npos);
  EXPECT_EQ(html.find("id=\"breakdown-en\""), std::string::npos);
}

TEST(Page, SaysOpenWhenTheMissingSheetsCouldChangeTheLead) {
  const MadeUp made = made_up({.lead = 2});
  ASSERT_FALSE(made.outcome.without_assumption().decided);
  const std::string html = page(made.facts(), Language::en);
  EXPECT_NE(html.find("could still change who is ahead"), std::string::npos);
  EXPECT_EQ(html.find("is ahead by at least"), std::string::npos);
}

TEST(Page, IsTheSameForTheSameFacts) {
  EXPECT_EQ(page(made_up().facts(), Language::es), page(made_up().facts(), Language::es));
}

TEST(Page, IsSmall) {
  EXPECT_LT(page(made_up().facts(), Language::es).size(), 300'000u);
}

}  // namespace
}  // namespace scr::report
