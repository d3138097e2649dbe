// SPDX-License-Identifier: Apache-2.0
//
// What a report of statistical tests is made from. The caller owns everything and keeps it alive
// while a report is made.

#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/sha256.h"
#include "election/definition.h"
#include "forensics/screen.h"
#include "report/facts.h"

namespace scr::report {

struct PastOnRecord {
  std::string election;  // the id of its definition
  Digest returns;
  std::uint64_t counted = 0;
};

struct ForensicsFacts {
  const election::Definition& definition;
  const forensics::Screening& screening;
  std::uint64_t plan_entry = 0;
  std::uint64_t planned_at = 0;      // claimed, seconds since 1970
  std::uint64_t returns_before = 0;  // on record when the plan was registered, of all sources
  std::uint64_t returns_now = 0;     // on record now
  std::uint64_t earlier_plans = 0;
  std::uint64_t stations = 0;  // whose returns count
  std::span<const PastOnRecord> past;
  Basis basis;
};

}  // namespace scr::report
