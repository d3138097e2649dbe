// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <gtest/gtest.h>

#include "forensics/made_up_testing.h"
#include "report/forensics_json.h"
#include "report/forensics_report.h"
#include "report/internal/real.h"
#include "report/words.h"

namespace scr::report {
namespace {

// An election with every test run, beside one of the past.
struct Screened {
  forensics::MadeUpElection now = forensics::made_up_election({.neighbourhoods = 30});
  forensics::MadeUpElection then =
      forensics::made_up_election({.neighbourhoods = 30, .seed = "before"});
  forensics::Screening screening;
  std::vector<PastOnRecord> past{{"before", {}, 360}};

  Screened() {
    forensics::Plan plan{"seed", {}};
    for (const forensics::Test& test : forensics::catalogue()) plan.tests.push_back(test.code);
    forensics::Chance chance("seed", "sources");
    const auto sources = forensics::two_that_typed_apart(200, 20, chance);
    const forensics::Election elections[] = {then.election()};
    screening = forensics::screen(now.election(), elections, sources, plan);
  }

  ForensicsFacts facts() const {
    return {.definition = now.definition,
            .screening = screening,
            .plan_entry = 7,
            .returns_before = 0,
            .returns_now = now.returns.size(),
            .stations = now.returns.size(),
            .past = past,
            .basis = {}};
  }
};

std::size_t times(const std::string& text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

TEST(ForensicsWords, EveryTestSaysWhatItAsksAndWhatItCannotTell) {
  for (const Language language : {Language::en, Language::es}) {
    for (const auto& test : forensics::catalogue()) {
      for (const char* what : {"title", "asked", "innocent", "cannot", "seen", "tampered"}) {
        const bool refused = test.code == forensics::TestCode::first_digit;
        if (refused && (what[0] == 's' || what[1] == 'a')) continue;
        EXPECT_TRUE(find_words(language, std::string("forensics.") + test.name + "." + what))
            << test.name << " " << what;
      }
    }
    for (const char* reason :
         {"sizes-are-capped", "too-few-stations", "too-few-centres", "too-few-ties-expected",
          "no-centres", "no-electors", "no-neighbourhoods", "no-arrival-times",
          "machine-made-counts", "counts-not-wide", "one-source", "no-mistakes-to-compare",
          "no-votes"}) {
      EXPECT_TRUE(find_words(language, std::string("forensics.reason.") + reason)) << reason;
    }
    for (const auto standing :
         {forensics::Standing::refused, forensics::Standing::shown,
          forensics::Standing::uncalibrated, forensics::Standing::controls_failed,
          forensics::Standing::too_weak}) {
      EXPECT_TRUE(find_words(language, std::string("forensics.outcome.") + name_of(standing)));
      if (standing != forensics::Standing::refused)
        EXPECT_TRUE(find_words(language, std::string("forensics.why.") + name_of(standing)));
    }
  }
}

TEST(ForensicsPage, LoadsNothingAndShowsEveryTestInBothLanguages) {
  const Screened screened;
  const std::string html = forensics_page(Language::es, screened.facts());
  EXPECT_EQ(times(html, "<script"), 0u);
  EXPECT_EQ(times(html, "src="), 0u);
  for (const Language language : {Language::en, Language::es}) {
    for (const auto& test : forensics::catalogue()) {
      const std::string key = std::string("forensics.") + test.name + ".cannot";
      EXPECT_NE(html.find(say(language, key)), std::string::npos) << key;
    }
  }
  EXPECT_EQ(html, forensics_page(Language::es, screened.facts()));
  EXPECT_LT(html.size(), 600'000u);
}

TEST(ForensicsPage, SaysWhereAListCameLate) {
  const Screened screened;
  ForensicsFacts facts = screened.facts();
  const std::string late = say(Language::en, "forensics.plan_late");
  EXPECT_EQ(forensics_page(Language::en, facts).find(late), std::string::npos);
  facts.returns_before = 3;
  facts.earlier_plans = 1;
  const std::string html = forensics_page(Language::en, facts);
  EXPECT_NE(html.find(late), std::string::npos);
  EXPECT_NE(html.find("Another list was put on record"), std::string::npos);
}

TEST(ForensicsPlots, StandAloneUnderNamesOfTheirOwn) {
  Screened screened;
  // Two options whose ids differ only in what a file's name cannot hold, and would close a tag.
  screened.now.definition.options[0].id = election::OptionId("../<b>");
  screened.now.definition.options[1].id = election::OptionId("../>b<");
  screened.now.definition.options[0].name = "<script>alert(1)</script>";
  for (forensics::TestResult& result : screened.screening.results) {
    if (!result.option) continue;
    result.option = screened.now.definition.options[result.option->value() == "A" ? 0 : 1].id;
  }
  std::set<std::string> names;
  for (const PlotFile& plot : forensics_plots(Language::en, screened.facts())) {
    EXPECT_TRUE(names.insert(plot.name).second) << plot.name;
    EXPECT_EQ(plot.name.find_first_of("/<>"), std::string::npos) << plot.name;
    EXPECT_NE(plot.svg.find("xmlns=\"http://www.w3.org/2000/svg\""), std::string::npos);
    EXPECT_NE(plot.svg.find("prefers-color-scheme:dark"), std::string::npos);
    EXPECT_EQ(plot.svg.find("<script"), std::string::npos);
  }
  EXPECT_GT(names.size(), 20u);
  EXPECT_EQ(forensics_page(Language::en, screened.facts()).find("<script"), std::string::npos);
}

TEST(ForensicsText, NamesEachTestAndNeverTheWordForACrime) {
  const Screened screened;
  const std::string text = forensics_text(Language::en, screened.facts(), {});
  for (const auto& test : forensics::catalogue()) {
    const std::string key = std::string("forensics.") + test.name + ".title";
    EXPECT_NE(text.find(say(Language::en, key)), std::string::npos) << key;
  }
  EXPECT_EQ(text.find("fraud"), std::string::npos);
}

TEST(Reals, AreWrittenTheSameEverywhere) {
  EXPECT_EQ(internal::significant(1.220508483123, 10), "1.220508483");
  EXPECT_EQ(internal::significant(3.81047970149727e-36, 9), "3.8104797e-36");
  EXPECT_EQ(internal::significant(0, 9), "0");
  EXPECT_EQ(internal::significant(24532, 12), "24532");
  EXPECT_EQ(internal::real(Language::es, 1234.5, 1), "1.234,5");
  EXPECT_EQ(internal::real(Language::en, -0.004, 2), "0.00");
  EXPECT_EQ(internal::p_value(Language::en, 0.00001), "below 0.0001");
  EXPECT_EQ(internal::p_value(Language::en, 0.0051), "0.0051");
  EXPECT_EQ(internal::p_value(Language::es, 0.22), "0,220");
}

}  // namespace
}  // namespace scr::report
