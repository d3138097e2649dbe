// SPDX-License-Identifier: Apache-2.0
//
// The tests there are, as data: for each its gate, what it measures, its controls, and what its
// model of an innocent election is worth. screen.h runs them; docs/forensics.md explains them.
//
// Pure; any thread.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "forensics/chance.h"
#include "forensics/measured.h"
#include "forensics/station.h"

namespace scr::forensics {

// In the order in which they are shown.
enum class TestCode {
  integer_percent,
  ties,
  homogeneity,
  small_stations,
  small_stations_turnout,
  last_digit,
  last_pair,
  source_independence,
  second_digit,
  arrival_order,
  fingerprint,
  first_digit
};

// What a p-value of the test may be used for.
enum class Worth {
  exact,   // its model is exact, or errs on the side of seeing nothing
  past,    // innocent elections depart from its model: only against elections of the past
  nothing  // never a p-value: it is shown, with what makes it misleading, or it is refused
};

// What is known of an election beside its stations.
struct Setting {
  bool machine_made = false;  // its sheets are printed by a machine that counted
};

struct Test {
  TestCode code;
  const char* name;  // "integer-percent": in plans, JSON and on the command line
  Worth worth;
  bool of_option;  // run for the first two options; else once
  // Why it does not apply here, as a name that the report words; nothing: it does.
  std::optional<std::string> (*gate)(const Setting&, const Stations&);
  // The rest are null for tests that are always refused, or work on sources.
  Measured (*measure)(const Stations&);
  void (*make_clean)(Stations&, Chance&);     // an innocent election of the same sizes
  void (*make_tampered)(Stations&, Chance&);  // from the clean one: what the test is to see
};

// All of them, in the order of TestCode.
std::span<const Test> catalogue();

const Test& test_of(TestCode code);
// Null if there is no test of that name.
const Test* find_test(std::string_view name);

}  // namespace scr::forensics
