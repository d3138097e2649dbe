// SPDX-License-Identifier: Apache-2.0
//
// Statistical tests: registered in the log, then run.
//
//   SCR_TRY(registered, register_forensics(request, clock));
//   SCR_TRY(screened, screen_returns("my-record", switches, std::nullopt));

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "derive/conclusions.h"
#include "forensics/screen.h"
#include "os/clock.h"
#include "report/forensics_facts.h"
#include "steps/judge.h"

namespace scr::steps {

// Files of an election of the past. `definition`: its election.toml; the mapping that it names
// stands beside it. Nothing: this record's own definition and mapping.
struct PastFiles {
  std::filesystem::path returns;
  std::optional<std::filesystem::path> definition;
};

struct PlanRequest {
  std::filesystem::path record;
  std::vector<std::string> tests;   // by name; none: all there are
  std::optional<std::string> seed;  // nothing: the root of the log, as 64 hex digits
  std::vector<PastFiles> past;
};

struct PlanRegistered {
  entry::ForensicsPlan plan;
  std::uint64_t index = 0;
  std::uint64_t returns_before = 0;  // transcripts on record by then
  std::uint64_t tree_size = 0;
};

// Takes in the files of the past as evidence, which is published, and puts the plan into the log,
// signed. Nothing is written if a test is unknown or a file of the past cannot be read (bad_input).
Result<PlanRegistered> register_forensics(const PlanRequest& request, os::Clock& clock);

struct Screened {
  Counted counted;
  derive::PlanOnRecord plan;
  std::uint64_t earlier_plans = 0;
  std::vector<report::PastOnRecord> past;
  forensics::Screening screening;

  // Looks at this value; lives no longer.
  report::ForensicsFacts facts() const;
};

// Runs the plan at entry `index`, or the last one, over the returns that count.
//
// Fails with not_found if no plan is registered, or none there; with unsupported if it names a test
// that this program does not have; with untrusted if a file of the past is not what was received.
Result<Screened> screen_returns(const std::filesystem::path& record,
                                const derive::Switches& switches,
                                std::optional<std::uint64_t> index);

}  // namespace scr::steps
