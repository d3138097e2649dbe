// SPDX-License-Identifier: Apache-2.0
// rooms: forensics
//
// The published returns of 2024, where they are at hand: 24,532 sheets printed by machines.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "forensics/arrival.h"
#include "forensics/digits.h"
#include "forensics/internal/distributions.h"
#include "forensics/screen.h"

namespace scr::forensics {
namespace {

struct Published {
  election::Definition definition;
  election::Geography geography;
  std::vector<review::StationReturn> returns;
  Arrivals none;

  Election election() const { return {"ve-2024", definition, geography, returns, none}; }
};

election::Definition definition_of_2024() {
  std::ifstream file(SCR_SOURCE_DIR "/elections/ve-2024/election.toml", std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return *election::parse_definition(text.str());
}

// The real file, read by a few lines here: nothing of the program's import is trusted for it.
Published published_returns() {
  const election::Definition definition = definition_of_2024();
  Published out{definition, election::Geography(definition), {}, {}};
  std::ifstream file(SCR_SOURCE_DIR "/../shared/data/ve-2024/RESULTADOS_2024_CSV_V1.csv",
                     std::ios::binary);
  std::string line;
  std::getline(file, line);
  const auto number = [](const std::string& s) { return *election::Votes::from(std::stoll(s)); };
  while (std::getline(file, line)) {
    std::vector<std::string> fields;
    std::stringstream row(line);
    for (std::string field; std::getline(row, field, ',');) fields.push_back(field);
    const std::string state = fields[0], town = state + "." + fields[2],
                      parish = town + "." + fields[4];
    const std::vector<election::UnitId> path{election::UnitId(state), election::UnitId(town),
                                             election::UnitId(parish),
                                             election::UnitId("centre " + fields[6])};
    review::StationReturn r;
    r.station = election::StationId(fields[6] + "." + fields[7]);
    r.unit = *out.geography.add_path(path);
    r.registered = number(fields[8]);
    r.valid = number(fields[9]);
    r.null = number(fields[10]);
    for (std::size_t i = 11; i < 21; ++i) r.votes.push_back(number(fields[i]));
    out.returns.push_back(std::move(r));
  }
  return out;
}

#define NEEDS_PUBLISHED(published)                                                           \
  static const Published published = published_returns();                                    \
  if (published.returns.empty() && std::getenv("CI")) FAIL() << "../shared is absent in CI"; \
  if (published.returns.empty()) GTEST_SKIP() << "the returns of 2024 are not at hand (../shared)"

TEST(Published2024, NothingStandsOutAndWhatNeedsAPastElectionClaimsNothing) {
  NEEDS_PUBLISHED(published);
  Plan plan{"a seed", {}};
  for (const auto& test : catalogue()) plan.tests.push_back(test.code);
  const Screening screening = screen(published.election(), {}, {}, plan);
  for (const TestResult& result : screening.results) {
    const auto& test = test_of(result.test);
    EXPECT_FALSE(result.stands_out()) << test.name;
    switch (result.test) {
      case TestCode::integer_percent:
      case TestCode::ties:
        EXPECT_EQ(result.standing, Standing::tested) << test.name;
        EXPECT_GT(*result.p, 0.01) << test.name;
        break;
      case TestCode::homogeneity:
      case TestCode::small_stations:
      case TestCode::small_stations_turnout:
        EXPECT_EQ(result.standing, Standing::uncalibrated) << test.name;
        break;
      case TestCode::last_digit:
      case TestCode::last_pair:
        EXPECT_EQ(result.reason, "machine-made-counts");
        break;
      case TestCode::second_digit:  // fails Benford's law by far, and so does the innocent control
        EXPECT_LT(*result.measured->p, 1e-15);
        EXPECT_LT(*result.clean->p, 1e-15);
        break;
      default:
        EXPECT_FALSE(result.p) << test.name;
    }
  }
}

// The design's own example: the largest tables first, the smallest first, and all of them.
TEST(Published2024, OrderAloneMovesTheShareByTwentyPoints) {
  NEEDS_PUBLISHED(published);
  const Election e = published.election();
  const Stations stations = stations_of(e.definition, e.geography, e.returns, e.arrivals, 0);
  EXPECT_NEAR(share_of_first(stations, true, 1, 10), 0.709, 0.0005);
  EXPECT_NEAR(share_of_first(stations, false, 1, 10), 0.494, 0.0005);
  EXPECT_NEAR(share_of_first(stations, true, 1, 1), 0.6714, 0.00005);
}

// Last digits of counts of 100 and more are not uniform, for their density falls within a decade.
// Held against a density that does, they are as they should be.
TEST(Published2024, LastDigitsFailOnlyAgainstAUniformLaw) {
  NEEDS_PUBLISHED(published);
  const Election e = published.election();
  const Stations stations = stations_of(e.definition, e.geography, e.returns, e.arrivals, 1);
  std::array<double, 10> seen{};
  double n = 0;
  for (const Station& station : stations) {
    if (station.votes < 100) continue;
    seen[static_cast<std::size_t>(station.votes % 10)] += 1;
    n += 1;
  }
  double naive = 0;
  for (const double count : seen) naive += (count - n / 10) * (count - n / 10) / (n / 10);
  EXPECT_LT(chi_square_tail(naive, 9), 0.05);
  EXPECT_GT(*last_digits(stations).p, 0.05);
}

}  // namespace
}  // namespace scr::forensics
