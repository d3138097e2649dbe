// SPDX-License-Identifier: Apache-2.0
//
// Known answers: tests/vectors/statistics.json, those of forensics.
#include <stdexcept>

#include <gtest/gtest.h>

#include "forensics/digits.h"
#include "forensics/fingerprint.h"
#include "tests/known_answers/known.h"

namespace scr::forensics {
namespace {

// One vector by its id.
Known known_answer(const std::string& id) {
  for (const Known vector : Known::file("statistics.json")["vectors"]) {
    if (vector["id"] == id) return vector;
  }
  throw std::runtime_error("no vector " + id);
}

std::array<std::int64_t, 10> digit_counts(const Known& list) {
  std::array<std::int64_t, 10> counts{};
  for (std::size_t d = 0; d < 10; ++d) counts[d] = list[d].get<std::int64_t>();
  return counts;
}

TEST(KnownAnswers, TheLawOfSecondDigits) {
  const Known vector = known_answer("2BL/pmf");
  const std::array<double, 10> law = second_digit_law();
  double mean = 0;
  for (std::size_t d = 0; d < 10; ++d) {
    EXPECT_NEAR(law[d], vector["expected"][d].get<double>(), vector["tolerance"].get<double>());
    mean += static_cast<double>(d) * law[d];
  }
  EXPECT_NEAR(mean, 4.187389706928942, 1e-12);  // in the vector's note
}

TEST(KnownAnswers, SecondDigitsOf39304TablesOf2012) {
  const Known vector = known_answer("2BL/Venezuela 2012 Chavez");
  const SecondDigitFit fit = fit_second_digits(digit_counts(vector["input"]["digit counts 0..9"]));
  const double statistic = vector["expected"]["X2"].get<double>();
  const double p = vector["expected"]["p"].get<double>();
  EXPECT_NEAR(fit.statistic / statistic, 1, 1e-9);
  EXPECT_NEAR(fit.p / p, 1, 1e-6);
  EXPECT_LT(fit.law_at_least, 1e-30);
}

TEST(KnownAnswers, CountsMadeAtRandomFailSecondDigitsWorse) {
  const Known vector = known_answer("2BL/control that also fails");
  const SecondDigitFit fit = fit_second_digits(digit_counts(vector["input"]["digit counts"]));
  EXPECT_NEAR(fit.statistic / vector["expected"]["X2"].get<double>(), 1, 1e-9);
}

TEST(KnownAnswers, TheMechanismOfStuffing) {
  const Known vector = known_answer("klimek/mechanism");
  const Known in = vector["input"];
  const Stuffed made = stuffed(in["N"].get<double>(), in["a"].get<double>(), in["v"].get<double>(),
                               in["x"].get<double>(), in["alpha"].get<double>());
  EXPECT_NEAR(made.votes / vector["expected"]["leader votes"].get<double>(), 1, 1e-12);
  EXPECT_NEAR(made.turnout / vector["expected"]["turnout"].get<double>(), 1, 1e-12);
}

}  // namespace
}  // namespace scr::forensics
