// SPDX-License-Identifier: Apache-2.0
//
// Known answers: tests/vectors/statistics.json, those of forensics.
#include <cmath>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "forensics/digits.h"
#include "forensics/fingerprint.h"

namespace scr::forensics {
namespace {

// One vector by its id.
nlohmann::json known_answer(const std::string& id) {
  static const nlohmann::json all = [] {
    std::ifstream file(SCR_SOURCE_DIR "/tests/vectors/statistics.json");
    return nlohmann::json::parse(file).at("vectors");
  }();
  for (const nlohmann::json& vector : all) {
    if (vector.at("id") == id) return vector;
  }
  ADD_FAILURE() << "no vector " << id;
  return {};
}

std::array<std::int64_t, 10> digit_counts(const nlohmann::json& list) {
  std::array<std::int64_t, 10> counts{};
  for (std::size_t d = 0; d < 10; ++d) counts[d] = list.at(d).get<std::int64_t>();
  return counts;
}

TEST(KnownAnswers, TheLawOfSecondDigits) {
  const nlohmann::json vector = known_answer("2BL/pmf");
  const std::array<double, 10> law = second_digit_law();
  double mean = 0;
  for (std::size_t d = 0; d < 10; ++d) {
    EXPECT_NEAR(law[d], vector.at("expected").at(d).get<double>(),
                vector.at("tolerance").get<double>());
    mean += static_cast<double>(d) * law[d];
  }
  EXPECT_NEAR(mean, 4.187389706928942, 1e-12);  // in the vector's note
}

TEST(KnownAnswers, SecondDigitsOf39304TablesOf2012) {
  const nlohmann::json vector = known_answer("2BL/Venezuela 2012 Chavez");
  const SecondDigitFit fit =
      fit_second_digits(digit_counts(vector.at("input").at("digit counts 0..9")));
  const double statistic = vector.at("expected").at("X2").get<double>();
  const double p = vector.at("expected").at("p").get<double>();
  EXPECT_NEAR(fit.statistic / statistic, 1, 1e-9);
  EXPECT_NEAR(fit.p / p, 1, 1e-6);
  EXPECT_LT(fit.law_at_least, 1e-30);
}

TEST(KnownAnswers, CountsMadeAtRandomFailSecondDigitsWorse) {
  const nlohmann::json vector = known_answer("2BL/control that also fails");
  const SecondDigitFit fit = fit_second_digits(digit_counts(vector.at("input").at("digit counts")));
  EXPECT_NEAR(fit.statistic / vector.at("expected").at("X2").get<double>(), 1, 1e-9);
}

TEST(KnownAnswers, TheMechanismOfStuffing) {
  const nlohmann::json vector = known_answer("klimek/mechanism");
  const nlohmann::json& in = vector.at("input");
  const Stuffed made = stuffed(in.at("N"), in.at("a"), in.at("v"), in.at("x"), in.at("alpha"));
  EXPECT_NEAR(made.votes / vector.at("expected").at("leader votes").get<double>(), 1, 1e-12);
  EXPECT_NEAR(made.turnout / vector.at("expected").at("turnout").get<double>(), 1, 1e-12);
}

}  // namespace
}  // namespace scr::forensics
