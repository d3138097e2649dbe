// SPDX-License-Identifier: Apache-2.0
#include "report/internal/forensics_words.h"

#include "report/internal/plain.h"
#include "report/internal/real.h"
#include "report/internal/sentences.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

using forensics::Standing;
using forensics::TestCode;
using forensics::TestResult;

int digits_of_statistic(TestCode test) {
  switch (test) {
    case TestCode::integer_percent:
    case TestCode::ties:
    case TestCode::source_independence:
    case TestCode::first_digit:
      return 0;
    case TestCode::last_digit:
    case TestCode::last_pair:
    case TestCode::second_digit:
      return 1;
    case TestCode::homogeneity:
    case TestCode::small_stations:
    case TestCode::small_stations_turnout:
    case TestCode::arrival_order:
    case TestCode::fingerprint:
      return 2;
  }
  return 2;
}

std::string effect_words(Language language, const TestResult& result) {
  const std::int64_t votes = result.measured->effect_votes;
  if (votes == 0) return "";
  const char* key =
      result.test == TestCode::homogeneity ? "forensics.effect_within" : "forensics.effect";
  return say(language, key, {{"votes", number(language, votes)}});
}

}  // namespace

std::string words_of(Language language, const TestResult& result, const char* what) {
  const std::string key = std::string("forensics.") + test_of(result.test).name + "." + what;
  return std::string(find_words(language, key).value_or(""));
}

std::string subject_of(Language language, const ForensicsFacts& facts, const TestResult& result) {
  if (!result.option) {
    return result.test == TestCode::small_stations_turnout ? say(language, "word.turnout") : "";
  }
  return option_name(facts.definition, *result.option);
}

std::string test_title(Language language, const ForensicsFacts& facts, const TestResult& result) {
  std::string title = words_of(language, result, "title");
  if (result.option) title += ": " + subject_of(language, facts, result);
  return title;
}

std::string statistic_text(Language language, TestCode test, double value) {
  return real(language, value, digits_of_statistic(test));
}

std::string expected_text(Language language, TestCode test, double value) {
  const int digits = digits_of_statistic(test);
  const bool whole = value == 0 || value == 1;
  return real(language, value, whole ? 0 : digits == 0 ? 1 : digits);
}

std::string outcome_of(Language language, const TestResult& result) {
  if (result.standing == Standing::tested) {
    return say(language,
               result.stands_out() ? "forensics.outcome.stands_out" : "forensics.outcome.nothing");
  }
  return say(language, std::string("forensics.outcome.") + name_of(result.standing));
}

std::vector<std::string> what_was_seen(Language language, const TestResult& result) {
  if (result.standing == Standing::refused) {
    return {say(language, "forensics.reason." + result.reason)};
  }
  const forensics::Measured& measured = *result.measured;
  const std::string key = std::string("forensics.") + test_of(result.test).name + ".seen";
  std::string seen = say(language, key,
                         {{"statistic", statistic_text(language, result.test, measured.statistic)},
                          {"expected", expected_text(language, result.test, measured.expected)},
                          {"units", number(language, measured.units)}});
  if (result.p) {
    seen += " " + say(language, "forensics.p",
                      {{"p", p_value(language, *result.p)},
                       {"adjusted", p_value(language, *result.adjusted)}});
  }
  std::vector<std::string> lines{std::move(seen)};
  if (result.standing == Standing::tested) {
    const std::string effect = effect_words(language, result);
    if (!effect.empty()) lines.push_back(effect);
  } else {
    lines.push_back(say(language, std::string("forensics.why.") + name_of(result.standing)));
  }
  return lines;
}

std::string screening_summary(Language language, const ForensicsFacts& facts) {
  std::int64_t tested = 0;
  std::int64_t out = 0;
  for (const TestResult& result : facts.screening.results) {
    tested += result.standing == Standing::tested;
    out += result.stands_out();
  }
  if (tested == 0) return say(language, "forensics.summary_untested");
  const Slot count{"tested", number(language, tested)};
  if (out == 0) return say(language, "forensics.summary_none", {count});
  return say_count(language, "forensics.summary_some", out, {count});
}

std::vector<std::string> about_plan(Language language, const ForensicsFacts& facts) {
  const auto counted = [&](std::uint64_t n) {
    return number(language, static_cast<std::int64_t>(n));
  };
  std::vector<std::string> lines;
  std::string plan = say(language, "forensics.plan",
                         {{"entry", counted(facts.plan_entry)},
                          {"before", counted(facts.returns_before)},
                          {"now", counted(facts.returns_now)}});
  if (facts.returns_before > 0) plan += " " + say(language, "forensics.plan_late");
  lines.push_back(std::move(plan));
  if (facts.earlier_plans > 0) {
    lines.push_back(say_count(language, "forensics.plan_earlier",
                              static_cast<std::int64_t>(facts.earlier_plans)));
  }
  if (facts.screening.hypotheses > 0) {
    lines.push_back(say_count(language, "forensics.adjusted",
                              static_cast<std::int64_t>(facts.screening.hypotheses),
                              {{"level", real(language, forensics::kLevel, 2)}}));
  }
  for (const PastOnRecord& past : facts.past) {
    lines.push_back(say(language, "forensics.past",
                        {{"election", plain(past.election)}, {"stations", counted(past.counted)}}));
  }
  if (facts.past.empty()) lines.push_back(say(language, "forensics.past_none"));
  return lines;
}

}  // namespace scr::report::internal
