// SPDX-License-Identifier: Apache-2.0
//
// A made-up election, small enough to look at, for the tests of reports: 300 stations in eight
// provinces, 278 of them counted, four options, one announcement that the sheets do not contradict
// and one that they do.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "report/facts.h"

namespace scr::report {

struct MadeUp {
  election::Definition definition;
  std::unique_ptr<election::Geography> geography;
  std::vector<review::StationReturn> returns;
  std::unique_ptr<tally::Tallies> tallies;
  std::vector<checks::Finding> findings;
  judge::Premises premises;
  judge::Outcome outcome;
  std::vector<judge::JudgedClaim> claims;
  Basis basis;

  // Looks at this value; lives no longer.
  Facts facts() const;
};

struct MadeUpWith {
  std::string leader_name = "Ana Ferreira";  // and every other name, if it is another
  int lead = 20;        // points by which Ana Ferreira is ahead of Bruno Salas, about
  bool counted = true;  // false: not one sheet
};

MadeUp made_up(const MadeUpWith& with = {});

}  // namespace scr::report
