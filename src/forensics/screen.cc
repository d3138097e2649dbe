// SPDX-License-Identifier: Apache-2.0
#include "forensics/screen.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "forensics/adjust.h"
#include "forensics/arrival.h"
#include "forensics/internal/distributions.h"

namespace scr::forensics {
namespace {

// Pairs of sources make one hypothesis: the smallest p, times the number of pairs.
constexpr std::int64_t kFewestJoined = 30;
constexpr std::int64_t kControlStations = 1000;
constexpr std::int64_t kControlMistakes = 50;  // one in so many

bool is_machine_made(const election::Definition& definition) {
  return std::any_of(definition.sheets.begin(), definition.sheets.end(),
                     [](const election::SheetFormat& sheet) {
                       return !sheet.ballot_order.empty() && !sheet.form;
                     });
}

struct Subject {
  std::optional<std::size_t> rank;  // 0 the first, 1 the second; nothing: the whole
};

// The stations of a test's subject in one election; nothing if it has no option of that rank.
std::optional<Stations> stations_for(const Test& test, const Election& election, Subject subject) {
  const std::vector<std::size_t> leading = leading_options(election);
  const std::size_t rank = subject.rank.value_or(0);
  if (rank >= leading.size()) return std::nullopt;
  Stations stations = stations_of(election.definition, election.geography, election.returns,
                                  election.arrivals, leading[rank]);
  if (test.code == TestCode::small_stations_turnout) return turnout_of(stations);
  return stations;
}

// Both statistics are sums over many places: their difference is near normal.
double p_of_difference(const Measured& now, const Measured& then) {
  const double spread = std::sqrt(now.spread * now.spread + then.spread * then.spread);
  return spread > 0 ? normal_two_sided((now.statistic - then.statistic) / spread) : 1;
}

void add_controls(const Test& test, Stations stations, const std::string& seed,
                  TestResult& result) {
  const std::string subject = result.option ? result.option->value() : "";
  const std::string name = std::string(test.name) + "/" + subject;
  Chance clean(seed, name + "/clean");
  test.make_clean(stations, clean);
  result.clean = test.measure(stations);
  Chance tampered(seed, name + "/tampered");
  test.make_tampered(stations, tampered);
  result.tampered = test.measure(stations);
}

void add_past(const Test& test, std::span<const Election> past, Subject subject,
              TestResult& result) {
  for (const Election& election : past) {
    const std::optional<Stations> stations = stations_for(test, election, subject);
    const Setting setting{is_machine_made(election.definition)};
    if (!stations || test.gate(setting, *stations)) continue;
    PastFigure figure{election.id, test.measure(*stations), 1};
    figure.p = p_of_difference(*result.measured, figure.measured);
    result.past.push_back(std::move(figure));
  }
}

bool control_stands_out(const std::optional<Measured>& control) {
  return control && control->p.value_or(1) < kControlLevel;
}

void settle(const Test& test, TestResult& result) {
  if (test.worth == Worth::nothing) {
    result.standing = Standing::shown;
  } else if (control_stands_out(result.clean)) {
    result.standing = Standing::controls_failed;
  } else if (!control_stands_out(result.tampered)) {
    result.standing = Standing::too_weak;
  } else if (test.worth == Worth::exact) {
    result.standing = Standing::tested;
    result.p = result.measured->p;
  } else if (result.past.empty()) {
    result.standing = Standing::uncalibrated;
  } else {
    result.standing = Standing::tested;
    result.p = 0;
    for (const PastFigure& figure : result.past) result.p = std::max(*result.p, figure.p);
  }
}

// What can be shown of a test that does not apply.
std::optional<Measured> illustration(const Test& test, const Stations& stations) {
  if (test.code != TestCode::arrival_order) return std::nullopt;
  Measured shown;
  shown.units = static_cast<std::int64_t>(stations.size());
  shown.curves = curves_by_size(stations);
  shown.more = {{"largest_tenth_first", share_of_first(stations, true, 1, 10)},
                {"smallest_tenth_first", share_of_first(stations, false, 1, 10)}};
  return shown;
}

TestResult run(const Test& test, Subject subject, const Election& now,
               std::span<const Election> past, const Plan& plan) {
  TestResult result;
  result.test = test.code;
  if (test.of_option) {
    const auto leading = leading_options(now);
    if (*subject.rank < leading.size()) {
      result.option = now.definition.options[leading[*subject.rank]].id;
    }
  }
  const std::optional<Stations> stations = stations_for(test, now, subject);
  if (!stations) {
    result.reason = "no-votes";
    return result;
  }
  if (const auto reason = test.gate(Setting{is_machine_made(now.definition)}, *stations)) {
    result.reason = *reason;
    result.measured = illustration(test, *stations);
    return result;
  }
  result.measured = test.measure(*stations);
  add_controls(test, *stations, plan.seed, result);
  if (test.worth == Worth::past) add_past(test, past, subject, result);
  settle(test, result);
  return result;
}

Measured measured_of(std::span<const SourcePair> pairs) {
  Measured out;
  for (const SourcePair& pair : pairs) {
    if (!pair.p || pair.joined < kFewestJoined) continue;
    ++out.units;
    const double p = *pair.p;
    if (out.p && *out.p <= p) continue;
    out.p = p;
    out.statistic = static_cast<double>(pair.wrong_alike);
    out.expected = pair.expected;
  }
  if (out.p) out.p = std::min(1.0, *out.p * static_cast<double>(out.units));
  return out;
}

TestResult run_sources(std::span<const SourceReturns> sources, const Plan& plan) {
  const Test& test = test_of(TestCode::source_independence);
  TestResult result;
  result.test = test.code;
  result.pairs = compare_sources(sources);
  const Measured measured = measured_of(result.pairs);
  if (result.pairs.empty()) {
    result.reason = "one-source";
  } else if (!measured.p) {
    result.reason = "no-mistakes-to-compare";
  } else {
    result.measured = measured;
    Chance clean(plan.seed, "source-independence//clean");
    const auto apart = two_that_typed_apart(kControlStations, kControlMistakes, clean);
    result.clean = measured_of(compare_sources(apart));
    Chance tampered(plan.seed, "source-independence//tampered");
    const auto copied = one_that_copied(kControlStations, kControlMistakes, tampered);
    result.tampered = measured_of(compare_sources(copied));
    settle(test, result);
  }
  return result;
}

void adjust(Screening& screening) {
  std::vector<double> p;
  for (const TestResult& result : screening.results) {
    if (result.p) p.push_back(*result.p);
  }
  const std::vector<double> adjusted = adjusted_by_holm(p, screening.hypotheses);
  std::size_t i = 0;
  for (TestResult& result : screening.results) {
    if (result.p) result.adjusted = adjusted[i++];
  }
}

}  // namespace

const char* name_of(Standing standing) {
  switch (standing) {
    case Standing::refused:
      return "refused";
    case Standing::shown:
      return "shown";
    case Standing::uncalibrated:
      return "uncalibrated";
    case Standing::controls_failed:
      return "controls-failed";
    case Standing::too_weak:
      return "too-weak";
    case Standing::tested:
      return "tested";
  }
  return "";
}

std::vector<std::size_t> leading_options(const Election& election) {
  std::vector<std::int64_t> votes(election.definition.options.size());
  for (const review::StationReturn& figures : election.returns) {
    for (std::size_t i = 0; i < votes.size(); ++i) votes[i] += figures.votes[i].count();
  }
  std::vector<std::size_t> order(votes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return votes[a] > votes[b]; });
  order.resize(std::min<std::size_t>(order.size(), 2));
  std::erase_if(order, [&](std::size_t i) { return votes[i] == 0; });
  return order;
}

Screening screen(const Election& now, std::span<const Election> past,
                 std::span<const SourceReturns> sources, const Plan& plan) {
  Screening screening;
  screening.plan = plan;
  for (const Test& test : catalogue()) {
    const auto named = std::find(plan.tests.begin(), plan.tests.end(), test.code);
    if (named == plan.tests.end()) continue;
    const std::size_t subjects = test.of_option ? 2 : 1;
    if (test.worth != Worth::nothing) screening.hypotheses += subjects;
    for (std::size_t i = 0; i < subjects; ++i) {
      screening.results.push_back(
          test.code == TestCode::source_independence
              ? run_sources(sources, plan)
              : run(test, test.of_option ? Subject{i} : Subject{}, now, past, plan));
    }
  }
  adjust(screening);
  return screening;
}

}  // namespace scr::forensics
