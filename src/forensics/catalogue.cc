// SPDX-License-Identifier: Apache-2.0
#include "forensics/catalogue.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/check.h"
#include "forensics/arrival.h"
#include "forensics/centres.h"
#include "forensics/digits.h"
#include "forensics/fingerprint.h"
#include "forensics/integer_percent.h"
#include "forensics/small_stations.h"

namespace scr::forensics {
namespace {

using Refusal = std::optional<std::string>;

// Fewer than so many and the tails that the tests use do not hold, or nothing could be seen.
constexpr std::int64_t kFewestStations = 100;
constexpr std::int64_t kFewestCentres = 30;
constexpr double kFewestTies = 5;
// More tables than this in a lowest unit, on average, and it is no place where people queue.
constexpr std::size_t kLargestCentre = 20;

// Sheets that all came in within an hour were handed in as a file or a folder, in its order.
constexpr std::uint64_t kLeastSeconds = 3600;

template <class Is>
bool has_at_least(const Stations& stations, std::int64_t fewest, Is is) {
  return std::count_if(stations.begin(), stations.end(), is) >= fewest;
}

bool has_electors(const Station& station) {
  return station.electors > 0;
}

bool has_neighbourhoods(const Stations& stations) {
  return groups(stations, &Station::neighbourhood).size() >= 2;
}

Refusal first_digit_gate(const Setting&, const Stations&) {
  return "sizes-are-capped";
}

Refusal second_digit_gate(const Setting&, const Stations& stations) {
  const auto counts = [](const Station& s) { return s.votes >= 10; };
  if (!has_at_least(stations, kFewestStations, counts)) return "too-few-stations";
  return std::nullopt;
}

Refusal last_digit_gate(const Setting& setting, const Stations& stations) {
  if (setting.machine_made) return "machine-made-counts";
  if (!has_at_least(stations, kFewestStations, is_wide)) return "counts-not-wide";
  return std::nullopt;
}

Refusal integer_gate(const Setting&, const Stations& stations) {
  if (!has_at_least(stations, 1, has_electors)) return "no-electors";
  if (!has_at_least(stations, kFewestStations, is_in_integer_test)) return "too-few-stations";
  return std::nullopt;
}

Refusal centres_gate(const Setting&, const Stations& stations) {
  const auto centres = groups(stations, &Station::centre);
  const auto several = std::count_if(centres.begin(), centres.end(),
                                     [](const auto& centre) { return centre.size() >= 2; });
  if (centres.empty() || stations.size() > centres.size() * kLargestCentre) return "no-centres";
  if (several < kFewestCentres) return "too-few-centres";
  return std::nullopt;
}

Refusal ties_gate(const Setting& setting, const Stations& stations) {
  if (const Refusal refusal = centres_gate(setting, stations)) return refusal;
  if (ties(stations).expected < kFewestTies) return "too-few-ties-expected";
  return std::nullopt;
}

Refusal small_gate(const Setting&, const Stations& stations) {
  if (!has_at_least(stations, kFewestStations, has_electors)) return "no-electors";
  if (!has_neighbourhoods(stations)) return "no-neighbourhoods";
  if (small_stations(stations).units < 20) return "too-few-stations";
  return std::nullopt;
}

Refusal fingerprint_gate(const Setting&, const Stations& stations) {
  if (!has_at_least(stations, kFewestStations, has_electors)) return "no-electors";
  if (!has_neighbourhoods(stations)) return "no-neighbourhoods";
  return std::nullopt;
}

Refusal arrival_gate(const Setting&, const Stations& stations) {
  std::set<std::uint64_t> moments;
  for (const Station& station : stations) {
    if (station.arrival > 0) moments.insert(station.arrival);
  }
  const auto known = std::count_if(stations.begin(), stations.end(),
                                   [](const Station& station) { return station.arrival > 0; });
  const bool most = known >= kFewestStations && 2 * known >= std::ssize(stations);
  if (!most || *moments.rbegin() - *moments.begin() < kLeastSeconds) return "no-arrival-times";
  if (!has_neighbourhoods(stations)) return "no-neighbourhoods";
  return std::nullopt;
}

// The pairs of sources are looked at by screen.cc.
Refusal no_gate(const Setting&, const Stations&) {
  return std::nullopt;
}

// Every ballot drawn again at the station's own rates.
void redraw(Stations& stations, Chance& chance) {
  for (Station& station : stations) {
    station.votes = chance.successes(station.valid, station.votes, station.valid);
    if (station.electors > 0 && station.cast <= station.electors) {
      station.cast = chance.successes(station.electors, station.cast, station.electors);
    }
  }
}

void draw_all_from_neighbourhood(Stations& stations, Chance& chance) {
  draw_from_neighbourhood(stations, chance);
  for (const std::span<Station> place : groups(stations, &Station::neighbourhood)) {
    std::int64_t cast = 0, electors = 0;
    for (const Station& station : place) {
      if (station.electors == 0 || station.cast > station.electors) continue;
      cast += station.cast;
      electors += station.electors;
    }
    for (Station& station : place) {
      if (station.electors == 0 || station.cast > station.electors) continue;
      station.cast = chance.successes(station.electors, cast, electors);
    }
  }
}

constexpr std::array<Test, 12> kTests{{
    {TestCode::integer_percent, "integer-percent", Worth::exact, true, integer_gate,
     integer_percents, redraw, round_up_to_whole},
    {TestCode::ties, "ties", Worth::exact, true, ties_gate, ties, deal_within_centres, tie_centres},
    {TestCode::homogeneity, "homogeneity", Worth::past, true, centres_gate, homogeneity,
     deal_within_centres, level_centres},
    {TestCode::small_stations, "small-stations", Worth::past, true, small_gate, small_stations,
     draw_from_neighbourhood, lean_on_small_stations},
    {TestCode::small_stations_turnout, "small-stations-turnout", Worth::past, false, small_gate,
     small_stations, draw_from_neighbourhood, lean_on_small_stations},
    {TestCode::last_digit, "last-digit", Worth::exact, true, last_digit_gate, last_digits, redraw,
     round_counts},
    {TestCode::last_pair, "last-pair", Worth::exact, true, last_digit_gate, last_pairs, redraw,
     avoid_repeats},
    {TestCode::source_independence, "source-independence", Worth::exact, false, no_gate, nullptr,
     nullptr, nullptr},
    {TestCode::second_digit, "second-digit", Worth::nothing, true, second_digit_gate, second_digits,
     draw_from_neighbourhood, prefer_fives},
    {TestCode::arrival_order, "arrival-order", Worth::nothing, true, arrival_gate, arrival_order,
     shuffle_arrivals, lean_on_late_stations},
    {TestCode::fingerprint, "fingerprint", Worth::nothing, true, fingerprint_gate, fingerprint,
     draw_all_from_neighbourhood, stuff},
    {TestCode::first_digit, "first-digit", Worth::nothing, false, first_digit_gate, nullptr,
     nullptr, nullptr},
}};

}  // namespace

std::span<const Test> catalogue() {
  return kTests;
}

const Test& test_of(TestCode code) {
  const Test& test = kTests[static_cast<std::size_t>(code)];
  SCR_CHECK(test.code == code);
  return test;
}

const Test* find_test(std::string_view name) {
  const auto found = std::find_if(kTests.begin(), kTests.end(),
                                  [&](const Test& test) { return name == test.name; });
  return found == kTests.end() ? nullptr : &*found;
}

}  // namespace scr::forensics
